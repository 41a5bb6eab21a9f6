export interface Suites {
  /** The names that a file gives to its suites. */
  suites: string[];
  /** For people: where, what, and what to do about it. */
  problems: string[];
}

/** Suites of a file that are not run as often as they are made, and tests that would run alone. */
export function neverRun(file: string, text: string): Suites {
  const made = [...text.matchAll(/^\s*(?:export )?const (\w+) = (?:suite|labSuite)\(/gm)].map(({ 1: name }) => name!);
  const suites = /^import \{[^}]*\btest\b[^}]*\} from "uvu";$/m.test(text) ? ["test", ...made] : made;
  const problems: string[] = [];
  for (const name of new Set(suites)) {
    const [there, run] = [suites.filter((other) => other === name).length, count(text, `${name}.run();`)];
    if (run < there) {
      problems.push(
        `${file}: ${name} is made ${times(there)} and run ${times(run)}, so that its tests prove nothing: end each with ${name}.run()`,
      );
    }
    if (count(text, `${name}.only(`) > 0) {
      problems.push(`${file}: ${name}.only leaves all other tests of the suite out: write ${name}(...) again`);
    }
  }
  return { suites, problems };
}

/** How many lines begin with it. */
const count = (text: string, begin: string): number =>
  text.split("\n").filter((line) => line.trimStart().startsWith(begin)).length;

const times = (count: number): string => (count === 0 ? "never" : count === 1 ? "once" : `${count} times`);
