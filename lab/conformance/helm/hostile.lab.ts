import fc from "fast-check";
import { suite } from "uvu";
import { Charts, chartNames, example, helm, type Data } from "./charts.ts";
import { holdsAll } from "./rules.ts";

const hostile = suite("helm: a value never becomes structure");
const test = helm ? hostile : hostile.skip;

/** What YAML, Go templates, shells and Kubernetes' own expansion give a meaning to. */
const payloads = [
  "",
  " ",
  "\n",
  "\n\n",
  "\n ",
  " \n",
  "  indented\n less\n",
  "trailing \n ",
  "\t",
  "\tx\n",
  "a\r\nb",
  "a\rb",
  "a: b",
  ": ",
  "- a",
  "? a",
  "a #b",
  "#",
  "---",
  "---\nkind: Secret",
  "...",
  "%YAML 1.1",
  "|",
  ">-",
  "[",
  "{",
  "]",
  "}",
  ",",
  "*alias",
  "&anchor",
  "!tag",
  "!!binary aGk=",
  "@",
  "`",
  '"',
  "'",
  "\\",
  '\\"',
  "\\n",
  "''",
  '""',
  "null",
  "~",
  "true",
  "no",
  "on",
  "y",
  "0",
  "1e3",
  "0o14",
  "014",
  "0x1f",
  "1_000",
  "12:30:00",
  "2026-11-23",
  ".inf",
  ".nan",
  "=",
  "<<",
  "{{ .Values.name }}",
  "{{",
  "}}",
  "{{- end }}",
  '{{ fail "x" }}',
  "${x}",
  "$(POD_NAME)",
  "$$",
  "$$$(X)",
  "$",
  "%s",
  "%!d(string=x)",
  "\0",
  "\x01",
  "\x1b[31m",
  "\x7f",
  "\x85",
  "\xa0",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\ufeffx",
  "\u200b",
  "é",
  "e\u0301",
  "漢字",
  "😀",
  "😀\n x",
  "\ud7ff",
  "a\n---\napiVersion: v1\nkind: Secret\n",
  "x\n  evil: true\n",
  "x".repeat(5000),
  "line\n".repeat(500),
];

const pieces = [
  "\n",
  " ",
  "\t",
  "\r",
  ":",
  "#",
  "-",
  "'",
  '"',
  "\\",
  "{",
  "}",
  "$",
  "(",
  ")",
  "|",
  "*",
  "&",
  "!",
  "a",
  "\x7f",
  "\x85",
  "\u2028",
  "\ufeff",
  "é",
  "😀",
];
const random = fc.sample(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 }), {
  numRuns: 500,
  seed: 20261123,
});
const strings = [...payloads, ...random];

/** Every field of free text, with every string in it; all in one rendering, because each call of helm costs. */
function everywhere(chart: string): Data {
  const values = example(chart, "fullest");
  const each = (key: (index: number) => string): Data =>
    Object.fromEntries(strings.map((text, index) => [key(index), text]));
  const annotations = each((index) => `example.com/a${index}`);
  const hostileProbes = {
    startup: { exec: { command: strings } },
    liveness: { grpc: { port: "api", service: strings.join("") } },
    readiness: {
      httpGet: {
        path: `/${strings.join("")}`,
        port: "http",
        httpHeaders: strings.map((value) => ({ name: "X", value })),
      },
    },
  };
  const path = strings.join("").replaceAll(":", "");
  return {
    ...values,
    annotations,
    podAnnotations: annotations,
    serviceAccount: { ...values.serviceAccount, annotations },
    command: strings,
    args: strings,
    env: each((index) => `V${index}`),
    initContainers: [
      {
        ...values.initContainers[0],
        command: strings,
        args: strings,
        env: each((index) => `W${index}`),
        inherit: true,
      },
    ],
    config: { mountPath: `/config${path}`, files: each((index) => `f${index}`) },
    secrets: [{ name: "database", mountPath: `/secret${path}` }],
    volumes: [{ name: "tmp", mountPath: `/tmp${path}`, sizeLimit: "1Mi" }],
    ...(chart === "job" ? {} : { services: [{ name: "front", annotations }], probes: hostileProbes }),
    ...(chart === "stateful"
      ? { storage: [{ name: "data", mountPath: `/data${path}`, size: "1Gi", accessModes: ["ReadWriteOnce"] }] }
      : {}),
  };
}

for (const chart of chartNames) {
  test(`${chart}: ${strings.length} strings in every field of free text come out as they went in`, () => {
    const charts = new Charts();
    holdsAll(charts.render(chart, everywhere(chart)));
    charts.remove();
  });
}

hostile.run();
