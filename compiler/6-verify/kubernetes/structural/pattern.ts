const TOKEN = /\\.|\(\?i\)|\[(?:\\.|[^\]])*\]|[\s\S]/g;

/**
 * Go's RE2 and JavaScript share what CRDs use but for `(?i)`, which holds to the end of its group: its letters become
 * classes, `[aA]`. A pattern that JavaScript still does not take fails here, and not where a user compiles.
 * https://github.com/google/re2/wiki/Syntax
 */
export function javaScriptPattern(pattern: string): string {
  if (pattern.includes("[[:"))
    throw new Error(`JavaScript has no POSIX classes, and would take this for another one: ${pattern}`);
  const groups = [false]; // per open group: does (?i) hold?
  let result = "";
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (token === "(?i)") {
      groups[groups.length - 1] = true;
      continue;
    }
    if (token === "(") groups.push(groups.at(-1)!);
    if (token === ")") groups.pop();
    const letter = groups.at(-1) && /^[a-z]$/i.test(token);
    if (groups.at(-1) && /^\[.*[a-z]/i.test(token)) throw new Error(`a class under (?i) is not translated: ${pattern}`);
    result += letter ? `[${token.toLowerCase()}${token.toUpperCase()}]` : token;
  }
  new RegExp(result, "u");
  return result;
}
