/** What stands in a table: texts, numbers and lists of texts. */
export type Table = Record<string, string | number | readonly string[]>;

export interface Section {
  /** As it is written between the brackets: `rules`, `rules.allowlists`. */
  name: string;
  table: Table;
}

/**
 * As much of TOML as gitleaks.toml uses: headers, and keys with a text, a number or a list of texts. Anything else
 * fails the generation.
 */
export function sections(source: string): Section[] {
  const found: Section[] = [{ name: "", table: {} }];
  const lines = source.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const header = /^\[\[?([\w.]+)\]\]?$/.exec(line)?.[1];
    const [, key, first] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (header !== undefined) found.push({ name: header, table: {} });
    else if (key !== undefined) {
      let value = first!;
      if (value.startsWith("[")) while (lines[index] !== "]" && !value.endsWith("]")) value += `\n${lines[++index]!}`;
      found.at(-1)!.table[key] = value.startsWith("[")
        ? texts(value)
        : /^[\d.]+$/.test(value)
          ? Number(value)
          : only(texts(value), line);
    } else if (line !== "" && !line.startsWith("#")) throw new Error(`gitleaks.toml, line ${index + 1}: ${line}`);
  }
  return found;
}

/** The texts of a list, or the one that stands alone. `'''` takes everything as it is; `"` has escapes, as JSON's. */
const texts = (value: string): string[] =>
  [...value.matchAll(/'''([^]*?)'''|("(?:[^"\\]|\\.)*")/g)].map(
    ([, literal, basic]) => literal ?? (JSON.parse(basic!) as string),
  );

function only([text, ...more]: readonly string[], line: string): string {
  if (text === undefined || more.length > 0) throw new Error(`gitleaks.toml: ${line}`);
  return text;
}
