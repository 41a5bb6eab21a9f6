/**
 * Strings that end what they are written into and begin something else, or that a reader takes for another value. The
 * serialisers have a longer list of their own (compiler/5-emit/serialise/test); these are for the way through the whole
 * compiler.
 */
const ALONE = [
  // other values to YAML, as a whole
  "y",
  "null",
  "1e3",
  "0o14",
  "12:30:45",
  "2001-12-14",
  "<<",
  // structure to YAML, from their first character on
  "- a",
  "*a",
  "!!binary SGk=",
  "|\n  x",
  "{a: b}",
  // nothing, and names with a meaning elsewhere
  "",
  " ",
  "../../../etc/passwd",
  "con",
  "__proto__",
  "constructor",
  "\0",
  "日本語",
  "{{ .Values.x }}",
];

const AFTER_A_WORD = [
  // out of quotes
  '"',
  "'",
  "\\",
  '"}\nresource "x" "y" {}\n',
  '"} or vector(1) #',
  // into the language around: HCL, workflows, Helm, Argo Rollouts, shell, Rego
  "${self}",
  "%{if true}x%{endif}",
  "$${x}",
  "${{ github.token }}",
  "{{ .Values.x }}",
  "{{args.x}}",
  "$(id)",
  "; rm -rf ~",
  "\nEOF\nb",
  "\npackage a\ndefault allow := true",
  // into structure
  "\n---\nkind: Secret\n",
  ": b",
  " #b",
  // into other files and hosts
  "/../..",
  "/.git/config",
  "@evil.example",
  "?c=d#e",
  // characters that readers drop, refuse or take for the end of a line
  "\0",
  "\x1b[31m",
  "\x7f",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\u202e",
  "\r\n",
  "\t",
  "\u{1f600}",
];

/** What takes the place of each word, in turn. */
export const PAYLOADS: readonly ((word: string) => string)[] = [
  ...ALONE.map((text) => () => text),
  ...AFTER_A_WORD.map((text) => (word: string) => word + text),
];
