/**
 * Text of a config is the text of whoever opened the pull request. Each medium has characters that would let it do more
 * than be read: each gets its escape here, and every reporter uses one of these for every string that it did not write.
 */

/**
 * Control and invisible formatting characters, lone surrogates and odd line ends; the joiners of scripts and emoji
 * stay.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

/** One line of printable text: what a terminal would obey is shown as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Source lines for a frame: every character keeps its width, so that the marker stays below the right one. */
export function printableSource(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    /[\t\n]/.test(character) ? character : "\ufffd".repeat(character.length),
  );
}

/**
 * GitHub's runner obeys log lines that begin, after spaces, with `::` and lines with `##[` anywhere
 * (actions/runner, src/Runner.Common/ActionCommand.cs). Colours do not hide them from people, so they count as space.
 */
export function withoutWorkflowCommands(log: string): string {
  return log.replace(/^((?:\s|\u001b\[[\d;]*m)*)::/gm, "$1: :").replaceAll("##[", "## [");
}

/** The message of a workflow command (actions/toolkit, packages/core/src/command.ts: escapeData). */
export function commandData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of a workflow command (same file: escapeProperty). */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** JSON that is also safe to print: `\u` escapes for all that a terminal or the runner would obey. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(UNPRINTABLE, (character) => (character === "\n" ? character : utf16Escapes(character)))
    .replaceAll("##[", "##\\u005b");
}

function utf16Escapes(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

/** Text in a line of HTML on GitHub: no tag, no mention, no reference to an issue, no link. */
export function htmlText(text: string): string {
  return withoutReferences(printable(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
}

/** Text in GitHub's Markdown: as in HTML, and no markup (GFM 2.4: a backslash before punctuation makes it text). */
export function markdownText(text: string): string {
  return htmlText(printable(text).replace(/[\\`*_{}[\]()#+\-.!|~$:]/g, "\\$&"));
}

/** GitHub looks for references in the finished page, where no escape is left; only a space without width stops it. */
function withoutReferences(text: string): string {
  return text.replace(/@|#(?=\d)|:(?=\/\/)|\b(?:www(?=\\?\.)|GH(?=\\?-))/gi, "$&\u200b");
}

/** A code span (GFM 6.1): its fence is longer than any run of backticks inside. */
export function markdownCode(text: string): string {
  const shown = printable(text);
  const fence = "`".repeat(longestRun(shown, "`") + 1);
  const space = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return shown === "" ? "" : `${fence}${space}${shown}${space}${fence}`;
}

/** A fenced block (GFM 4.5) that its content cannot close. */
export function markdownBlock(language: string, lines: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines, "`") + 1));
  return `${fence}${language}\n${lines}\n${fence}`;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  for (let run = 0, index = 0; index < text.length; index++) {
    run = text[index] === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** The plain text of a SARIF message: brackets would be links, braces placeholders (SARIF 2.1.0, 3.11.5 and 3.11.6). */
export function sarifText(text: string): string {
  return printable(text)
    .replace(/[\\[\]]/g, "\\$&")
    .replace(/[{}]/g, "$&$&");
}

/** A relative path as a URI reference (RFC 3986): `?`, `#` and `%` are part of the name. */
export function relativeUri(path: string): string {
  return path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}
