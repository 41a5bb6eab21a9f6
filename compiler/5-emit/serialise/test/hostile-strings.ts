/** Strings that some parser somewhere takes for something else; none has a lone surrogate, all are NFC. */
export const HOSTILE_STRINGS: readonly string[] = [
  // empty and blank
  "", " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", " a", "a ", "\ta", "a\t", "\na", "a\n", "a\n\n", "a\r\nb", "a\rb", "a \nb", "a\n b", "a\n\tb",
  // words that YAML 1.1 or 1.2 resolves
  ..."y Y n N yes Yes YES no No NO on On ON off Off OFF true True TRUE false False FALSE null Null NULL ~ none None undefined nil".split(" "),
  ..."NaN nan .nan .NaN .NAN inf .inf -.inf +.INF Infinity -Infinity = << <<: * & !".split(" "),
  // numbers, dates and what looks like them
  ..."0 -0 +0 1 -1 +1 007 08 0o14 0O14 0x1F 0b101 0B1 1_000 1e3 1E3 1e+3 1.0 1. .5 -.5 +.5 1.5e-7 1:30 190:20:30 12:30:45.5".split(" "),
  ..."2001-12-14 2001-12-14T21:59:43.10-05:00 20011214 0777 9007199254740993 18446744073709551616 1e400 _1 1_ - -- --- ... .. . + ++".split(" "),
  // YAML indicators and comments
  ..."? : , [ ] { } # | > @ ` ' \" % ! &a *a !!str !!python/object:x %YAML {a [a ]a }a,".split(" "),
  "- a", "? a", ": a", "a: b", "a:", "a :b", ":a", "a #b", "a# b", "#a", "a: b: c", "key: |", "a, b", "{a: b}", "[a, b]", "--- a", "---\na: b", "...\n", "\n---\n",
  "a\n---\nb", "a\n...\nb", "# comment\ntext", "%YAML 1.1\n---\n", "!!binary SGk=", "a\n  b\n c\n", "x\n#y\n", "x:\n  y: z\n", "- x\n- y\n", "|\n  x\n", "x\n\n\ny\n",
  "\"quoted\"", "'quoted'", "it's", "say \"hi\"", "back\\slash", "\\n", "\\", "\\\\", "\\u0041", "\\x41", "\"", "'", "''", "\"\"", "a\"b'c`d",
  // HCL, shell and template languages
  "${", "%{", "${a}", "%{if true}x%{endif}", "$${a}", "%%{a}", "$$${a}", "$$$${a}", "$", "$$", "$$$", "%", "%%", "%%%", "${{ github.token }}", "$ {a}", "a$", "a%", "${\"${x}\"}",
  "\"}\nresource \"x\" \"y\" {}", "<<EOT\nx\nEOT", "<<-EOT\n  x\n  EOT\n", "EOT", "*/ /* //", "~}", "${~ a ~}", "a = b", "{{ .Values.x }}", "{{- end }}", "$(id)", "`id`", "; rm -rf /", "$'x'", "a\nEOF\nb",
  "a\\${b}", "\\\"${x}\\\"", "$\\{a}", "%\\{a}", "$${", "%%{", "$\n{", "{$", "}%{",
  // control and invisible characters, line breaks of Unicode, order of writing
  "\0", "a\0b", "\x01", "\x07", "\b", "\v", "\f", "\x0e", "\x1b[31m", "\x1f", "\x7f", "\x80", "\x85", "a\x85b", "\x9f", "\xa0", "a\xa0b", "\xad",
  "\u2028", "\u2029", "a\u2028b\nc", "\ufeff", "\ufeffa", "a\ufeff\nb", "\u200b", "\u200d", "\u202e", "a\u202eb\nc", "\u2066", "\ufffd", "\ufffe", "\uffff", "\ufff9",
  // other scripts and planes
  "é", "ñandú", "日本語", "Ελλάδα", "עברית", "العربية", "हिन्दी", "\u{1f600}", "👨‍👩‍👧", "\u{1f600}\nsmile\n", "\u{10ffff}", "\u{e0041}", "ﬀ", "İ", "ß",
  // names with a meaning elsewhere, and ordinary ones that should stay plain
  "__proto__", "constructor", "toString", "hasOwnProperty", "for", "in", "if", "null.x", "true-ish", "yes please", "no-op", "nginx:1.27", "http://a.b/c?d=e&f=g", "/healthz", "ghcr.io/a/b@sha256:0f",
  "app.kubernetes.io/name", "sum(rate(x[5m])) by (le)", "10.0.0.0/8", "::1", "fe80::1", "12h", "512Mi", "99.9%", "0.5", "a".repeat(300), "a b ".repeat(300), "é".repeat(1100), "x\n".repeat(500),
  // text that people write
  "package x\n\nviolation contains msg if {\n\tmsg := \"no\"\n}\n", "if obj.status ~= nil then\n  return 1\nend\n", "sum(rate(http_requests_total{code=~\"5..\"}[5m]))\n/\nsum(rate(http_requests_total[5m]))",
];
