/**
 * A text that a regular expression matches, as far as the rules' expressions go; drawn with the given source of numbers
 * below one.
 */
export function sample(source: string, draw: () => number): string {
  let at = 0;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)]!;

  function alternatives(): string {
    const all = [""];
    while (at < source.length && source[at] !== ")") {
      if (source[at] === "|") {
        at++;
        all.push("");
      } else all[all.length - 1] += repeated();
    }
    return pick(all);
  }

  function repeated(): string {
    const start = at;
    const first = atom();
    const [text, least, most, sign] = /^(?:\{(\d+)(?:,(\d*))?\}|([*+?]))\??/.exec(source.slice(at)) ?? [""];
    at += text.length;
    if (text === "") return first;
    const from = sign === "+" ? 1 : sign ? 0 : Number(least);
    const to =
      sign === "?"
        ? 1
        : sign
          ? from + 3
          : most === undefined && !text.includes(",")
            ? from
            : Math.min(most ? Number(most) : from + 3, from + 3);
    const after = at;
    let result = "";
    for (let count = from + Math.floor(draw() * (to - from + 1)); count > 0; count--) {
      at = start;
      result += atom();
    }
    at = after;
    return result;
  }

  function atom(): string {
    const character = source[at]!;
    if (character === "(") {
      const opening = /^\((?:\?(?::|!|<\w+>))?/.exec(source.slice(at))![0];
      at += opening.length;
      const inner = alternatives();
      at++;
      return opening === "(?!" ? "" : inner;
    }
    const [text] = /^(?:\[(?:\\.|[^\]\\])*\]|\\x..|\\.)/.exec(source.slice(at)) ?? [""];
    if (text !== "") {
      at += text.length;
      return text === "\\b" ? "" : pick(membersOf(text));
    }
    at++;
    return character === "^" || character === "$" ? "" : character;
  }

  return alternatives();
}

const ASCII = ["\n", ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))];
const classes = new Map<string, readonly string[]>();

/**
 * What stands for a class: rather letters and digits than signs, one case where it has both of one letter alone, and a
 * dot for anything.
 */
function membersOf(text: string): readonly string[] {
  if (!classes.has(text)) {
    const all = ASCII.filter((each) => new RegExp(`^${text}$`).test(each));
    const plain = all.filter((each) => /[\w+/=-]/.test(each));
    const letter = /^\[([a-z])([A-Z])\]$/.exec(text);
    classes.set(
      text,
      text === "[^\\n]"
        ? ["."]
        : letter && letter[1] === letter[2]!.toLowerCase()
          ? [letter[1]!]
          : plain.length > 0
            ? plain
            : all,
    );
  }
  return classes.get(text)!;
}
