import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lockFault } from "./catalogue.ts";
import type { Form } from "./forms.ts";

/** A value that was chosen for the user, as a line of `ecosystem.lock.json` holds it. */
export type Choice = string | number | boolean | readonly string[];

/** Choices by config path. */
export type Lock = Readonly<Record<string, Choice>>;

/** What has been chosen before, and by whom. */
export interface Locked {
  choices: Lock;
  /**
   * `lock`: the file says all of it. `new`: there is no tree yet. `unlocked`: a compiler that kept no lock has written
   * the tree, so that what it always chose stands.
   */
  origin: "lock" | "new" | "unlocked";
  /** What is to be chosen anew, with what it was. Default: nothing */
  givenUp?: Lock;
}

export const NOTHING_LOCKED: Locked = { choices: {}, origin: "new" };

/** How a value is chosen where none is recorded. */
export interface Chooser<T extends Choice, N extends T | undefined = T> {
  /** What a new subject gets; undefined where nothing can be chosen, so that somebody has to say it. */
  now: () => N;
  /** What compilers that kept no lock chose. Default: the same */
  before?: () => T;
  /** What comes after a value that is given up. Default: as for a new subject */
  after?: (value: T) => T;
}

/** The same with choices to be made anew. */
export function giveUp(locked: Locked, paths: readonly string[]): Locked {
  const isGivenUp = new Set(paths);
  const part = (wanted: boolean): Lock =>
    Object.fromEntries(Object.entries(locked.choices).filter(([path]) => isGivenUp.has(path) === wanted));
  return { ...locked, choices: part(false), givenUp: part(true) };
}

/**
 * Gives what was chosen for a config path, and chooses where nothing is recorded; remembers each, for the lock. Nothing
 * else chooses. What nobody asks for any more leaves the lock.
 */
export class Choices {
  readonly #locked: Locked;
  readonly #taken = new Map<string, Choice>();
  readonly #unfit = new Map<string, Diagnostic>();

  constructor(locked: Locked) {
    this.#locked = locked;
  }

  /** The value at `path`, chosen where none is recorded. */
  read<T extends Choice, N extends T | undefined = T>(path: string, form: Form<T>, chooser: Chooser<T, N>): T | N {
    const value = this.recorded(path, form) ?? this.#choose(path, form, chooser);
    if (value !== undefined) this.#taken.set(path, value);
    return value;
  }

  #choose<T extends Choice, N extends T | undefined>(
    path: string,
    form: Form<T>,
    { now, before, after }: Chooser<T, N>,
  ): T | N {
    const old = this.#locked.givenUp?.[path];
    if (after !== undefined && form.fits(old)) return after(old);
    return before !== undefined && this.#locked.origin === "unlocked" ? before() : now();
  }

  /** What is recorded at `path`. */
  recorded<T extends Choice>(path: string, form: Form<T>): T | undefined {
    const value = Object.hasOwn(this.#locked.choices, path) ? this.#locked.choices[path] : undefined;
    if (form.fits(value)) return value;
    if (value !== undefined && !form.passes) this.#unfit.set(path, unfit(path, value, form));
    return undefined;
  }

  /**
   * Remembers what the config says itself, since it cannot become another later. `fault` is what is said where it has:
   * `recorded` is what it was.
   */
  hold(path: string, value: string, form: Form<string>, fault: (recorded: string) => Diagnostic): void {
    const recorded = this.recorded(path, form);
    if (recorded !== undefined && recorded !== value) this.#unfit.set(path, fault(recorded));
    this.#taken.set(path, recorded ?? value);
  }

  /** What is recorded and cannot be, or cannot become what the config says. Nothing is chosen in its place without a word. */
  get diagnostics(): Diagnostic[] {
    return [...this.#unfit.values()];
  }

  /** All that was asked for, in order of the paths. */
  get lock(): Lock {
    return Object.fromEntries([...this.#taken].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const unfit = (
  path: string,
  value: Choice | undefined,
  { title, isVersion }: Pick<Form<unknown>, "title" | "isVersion">,
): Diagnostic =>
  lockFault("lock/value", {
    at: path,
    message: `${path} is ${JSON.stringify(value)}, which is not ${title}`,
    hint: `take the line of the main branch${isVersion ? ", or a newer version by eco-compile upgrade" : ""}`,
  });
