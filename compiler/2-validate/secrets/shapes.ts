import { wordsBeginning } from "./beginnings.ts";
import { SHAPE_TRACES } from "./generated/traces.ts";
import { ownShapes, type Shape } from "./own-shapes.ts";
import { shapedSecrets, type Match } from "./rules.ts";

/**
 * The beginning of a shape, unless it says another one: the letters and digits of its regular expression up to the
 * first that may vary.
 */
const beginning = ({ regex, trace }: Shape): string =>
  trace ?? /^(?:\\b)?((?:[\w/-]|\\[./])+)(?![?*{+])/.exec(regex.source)![1]!;

/**
 * How every shape begins. Nearly all texts have nothing of any, and one pass is all that they cost: no rule is read
 * then, let alone compiled.
 */
export const TRACES: readonly string[] = [
  ...SHAPE_TRACES.split("|"),
  ...ownShapes
    .map(beginning)
    .filter(Boolean)
    .flatMap((trace) => trace.split("|")),
];
const hasBeginning = wordsBeginning(TRACES);

/** What is rare in the middle or at the end of shapes that begin with nothing rare. */
const WITHIN =
  /:\/\/[^\s/:@]*:[^\s/@]+@|:\/\/[\w~-]+@|@tcp\(|@unix\(|[?&;](?:[\w-]*(?:[tT]oken|[kK]ey|[sS]ecret|[sS]ignature|[pP]assw(?:or)?d|[pP]wd|[pP]ass)|code|sig|sas)=|\$(?:2[abxy]?|[1567y]|gy|apr1|argon2(?:id|i|d)|md5|sha1)\$|\{SS?HA|pbkdf2_sha|SCRAM-SHA|Q~|_mmk\b|-us\d|NRAL\b|:AA[\w-]{8}/;

/**
 * https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/: nothing but a dot in its middle tells it
 * from other texts.
 */
const BOOTSTRAP = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;

/** The shortest text that has a shape: a URL with a password. */
const SHORTEST = 12;

/** Whether a closer look pays. Shapes are ASCII: a text in UTF-8 may be given as if it were Latin-1. */
export const mayHoldSecret = (text: string): boolean =>
  text.length >= SHORTEST && (hasBeginning(text) || WITHIN.test(text));

/** With spaces for line ends that are written as `\n`: they too begin a word. As long as before. */
export const unescaped = (text: string): string => (text.includes("\\") ? text.replace(/\\[nrt]/g, "  ") : text);

/** The places of a text that look like secrets by themselves, wherever they stand. */
export function shapesIn(text: string): Match[] {
  if (!mayHoldSecret(unescaped(text)) && !(text.length === 23 && BOOTSTRAP.test(text))) return [];
  return [...ownShapes.flatMap((shape) => ownMatches(text, shape)), ...shapedSecrets(text)].sort(
    (a, b) => a.start - b.start,
  );
}

function ownMatches(text: string, { title, regex, confirm = () => true }: Shape): Match[] {
  return [...text.matchAll(regex)].flatMap((match) => {
    const secret = match[1] ?? match[0];
    if (!confirm(secret)) return [];
    const start = match.index + match[0].lastIndexOf(secret);
    return [{ title, start, end: start + secret.length }];
  });
}
