/** What is left of a Terraform root without its names and literals. */
import type { RandomRoot } from "./random-roots.ts";

/** A line with what is indented below it. */
interface Lines {
  line: string;
  below: Lines[];
}

/**
 * Two roots of one shape have the same blocks with the same arguments, whatever these are called and hold, and however
 * often an entry of a map or a block is repeated. The compiler's HCL has one argument a line, and what is inside of
 * braces on lines of its own.
 */
export const shapeOf = ({ files }: RandomRoot): string =>
  JSON.stringify([...files].sort().map(([name, text]) => [name, shapes(read(text))]));

function read(text: string): Lines[] {
  const top: Lines = { line: "", below: [] };
  const open = [top];
  for (const line of text.split("\n")) {
    if (/^\s*([}\]],?)?$|^#/.test(line)) continue;
    const depth = Math.floor(line.search(/\S/) / 2);
    const one: Lines = { line: line.trim(), below: [] };
    open[depth]!.below.push(one);
    open.splice(depth + 1, Infinity, one);
  }
  return top.below;
}

/**
 * Each once, in an order of its own. `depth`: of braces of values around it. What lies in an argument's map has names for
 * keys, what lies in one of these has fields, and so on in turn.
 */
const shapes = (all: readonly Lines[], depth = 0): string[] =>
  [
    ...new Set(
      all.map(({ line, below }) => {
        const isBlock = depth === 0 && !line.includes(" = ");
        const key = depth % 2 === 1 ? line.replace(/^"?[^"=]*"? += /, "* = ") : line;
        return `${withoutLiterals(key)} ${JSON.stringify(shapes(below, isBlock ? 0 : depth + 1))}`;
      }),
    ),
  ].sort();

const withoutLiterals = (line: string): string =>
  line
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\b(module|aws)\.[\w-]+/g, "$1.*")
    .replace(/(= )-?\d[\d.]*/g, "$10")
    .replace(/""(, "")+/g, '""')
    .replace(/ += /g, " = ");
