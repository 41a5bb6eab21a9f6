import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { places } from "../../compiler/2-validate/generated/references.ts";
import { compile } from "../../compiler/compile.ts";
import type { Family } from "../../compiler/config/names.ts";
import { temporaryFolder } from "../support/tree.ts";
import { compilers, typeErrors, type TypeFinding } from "./compilers.ts";
import { CONFIG, placeOf, SHOP, writeProgram, writeProject, type Edit } from "./team-project.ts";

/**
 * A wrong name in a file of a team is an error at its literal in that file, before anything was compiled. It rests on
 * how TypeScript's checkers happen to work (compiler/config/project.ts), so both are held to it.
 */

/** Two names of each family that services refer to, where `init` writes fewer. */
const DECLARED: readonly Edit[] = [
  { file: CONFIG, from: "  teams: {\n", to: '  teams: {\n    platform: { contact: "#platform" },\n' },
  {
    file: CONFIG,
    from: "  slos: {\n",
    to: `  secrets: { "api-key": { store: "gcp", path: "a" }, "api-certificate": { store: "gcp", path: "b" } },
  resilience: {
    environments: ["staging"],
    experiments: {
      "kill-pods": { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: ["available"] },
      "slow-network": { kind: "network-delay", schedule: "0 11 * * 3", duration: "5m", latency: "100ms", abortOn: ["fast"] },
    },
  },
  externals: {
    "orders-database": { host: "orders.example.com", addresses: ["10.20.0.0/24"], port: 5432 },
    "mail-relay": { host: "mail.example.com", port: 443, protocol: "https" },
  },
  slos: {
`,
  },
  {
    file: CONFIG,
    from: "  rollouts: {\n",
    to: '  rollouts: {\n    patient: canary({ steps: [{ weight: 10, pause: "5m" }], analysis: { slos: ["available"] } }),\n',
  },
];

/** Every place of a service that holds a name, once, and services by a name in quotes and of another file. */
const USED: readonly Edit[] = [
  { file: SHOP, from: "import { defineService, url }", to: "import { canary, defineService, url }" },
  {
    file: CONFIG,
    from: '"./ecosystem/shop.ts";',
    to: '"./ecosystem/shop.ts";\nimport * as bots from "./ecosystem/bots.ts";',
  },
  { file: CONFIG, from: "{ ...shop }", to: "{ ...shop, ...bots }" },
  {
    file: SHOP,
    from: '  rollout: "careful",\n',
    to: `  rollout: "careful",
  secrets: [{ secret: "api-key" }],
  chaos: ["kill-pods"],
  in: { production: { gracePeriod: "2m" } },
  on: { production: { gracePeriod: "1m" } },
`,
  },
  {
    file: "ecosystem/bots.ts",
    to: `import type { CheckedService } from "eco-compile";
import { address, canary, defineService, text, url } from "./eco.ts";

const worker = (name: string): CheckedService =>
  defineService({ team: "platform", image: \`ghcr.io/stefanprodan/\${name}\`, placement: { clusters: ["production"] } });

const chatBot = defineService({
  team: "platform",
  image: "ghcr.io/stefanprodan/chat-bot",
  placement: "all",
  dependsOn: [{ service: "mail-bot", port: 80 }, { service: "web", port: 80 }, { external: "orders-database" }],
  config: { env: { WEB: url("web"), MAIL: url({ external: "mail-relay", path: "/v1" }), ORDERS: text\`\${address({ external: "orders-database" })}/\`, API: text\`grpc://\${address("api", "http")}\` } },
  in: { staging: { chaos: ["slow-network"] } },
  rollout: canary({ steps: [{ weight: 10, pause: "5m" }], analysis: { slos: ["available"] } }),
});
const mailBot = worker("mail-bot");
export { chatBot as "chat-bot", mailBot as "mail-bot" };
`,
  },
];

const GOOD = [...DECLARED, ...USED];

/** A wrong name in the place of one that is right, and where TypeScript is to stand and what it is to say. */
interface Mistake {
  family: Family;
  file?: string;
  from: string;
  to: string;
  at: string;
  says: string;
  /** The wrong name, at which the compiler stands. */
  literal: string;
}

const BOTS = "ecosystem/bots.ts";
const MISTAKES: readonly Mistake[] = [
  {
    family: "external",
    file: BOTS,
    from: '[{ service: "mail-bot", port: 80 }, { service: "web", port: 80 }, { external: "orders-database" }]',
    to: '[{ service: "mail-bot", port: 80 }, { service: "web", port: 80 }, { external: "oders-database" }]',
    at: 'external: "oders-database"',
    says: `Did you mean '"orders-database"'?`,
    literal: '"oders-database"',
  },
  {
    family: "external",
    file: BOTS,
    from: '{ external: "mail-relay", path',
    to: '{ external: "mail-realy", path',
    at: 'external: "mail-realy"',
    says: `Did you mean '"mail-relay"'?`,
    literal: '"mail-realy"',
  },
  {
    family: "team",
    file: BOTS,
    from: 'team: "platform",\n  image: "ghcr.io/stefanprodan/chat-bot"',
    to: 'team: "platfrom",\n  image: "ghcr.io/stefanprodan/chat-bot"',
    at: 'team: "platfrom"',
    says: `Did you mean '"platform"'?`,
    literal: '"platfrom"',
  },
  {
    family: "cluster",
    file: BOTS,
    from: 'placement: { clusters: ["production"] }',
    to: 'placement: { clusters: ["prodution"] }',
    at: '"prodution"',
    says: `Did you mean '"production"'?`,
    literal: '"prodution"',
  },
  {
    family: "secret",
    from: 'secret: "api-key"',
    to: 'secret: "api-kye"',
    at: 'secret: "api-kye"',
    says: `Did you mean '"api-key"'?`,
    literal: '"api-kye"',
  },
  {
    family: "service",
    from: 'service: "api"',
    to: 'service: "apj"',
    at: 'service: "apj"',
    says: `Type '"apj"' is not assignable to type`,
    literal: '"apj"',
  },
  {
    family: "service",
    file: BOTS,
    from: 'service: "mail-bot"',
    to: 'service: "mial-bot"',
    at: 'service: "mial-bot"',
    says: `Did you mean '"mail-bot"'?`,
    literal: '"mial-bot"',
  },
  {
    family: "service",
    file: BOTS,
    from: 'service: "web"',
    to: 'service: "elsewhere"', // which another project of the same program declares
    at: 'service: "elsewhere"',
    says: `Type '"elsewhere"' is not assignable to type`,
    literal: '"elsewhere"',
  },
  {
    family: "slo",
    from: 'slos: ["available", "fast"]',
    to: 'slos: ["available",\n    "fasst"]',
    at: '"fasst"',
    says: `Did you mean '"fast"'?`,
    literal: '"fasst"',
  },
  {
    family: "slo",
    file: BOTS,
    from: 'slos: ["available"]',
    to: 'slos: ["availabel"]',
    at: '"availabel"',
    says: `Did you mean '"available"'?`,
    literal: '"availabel"',
  },
  {
    family: "rollout",
    from: 'rollout: "careful"',
    to: 'rollout: "carefull"',
    at: 'rollout: "carefull"',
    says: `Did you mean '"careful"'?`,
    literal: '"carefull"',
  },
  {
    family: "experiment",
    from: 'chaos: ["kill-pods"]',
    to: 'chaos: ["kill-pod"]',
    at: '"kill-pod"',
    says: `Did you mean '"kill-pods"'?`,
    literal: '"kill-pod"',
  },
  {
    family: "service",
    file: BOTS,
    from: 'url("web")',
    to: 'url("wbe")',
    at: '"wbe"',
    says: `Argument of type '"wbe"' is not assignable to parameter of type`,
    literal: 'url("wbe")',
  },
  {
    family: "service",
    file: BOTS,
    from: 'address("api", "http")',
    to: 'address("apl", "http")',
    at: '"apl"',
    says: `Argument of type '"apl"' is not assignable to parameter of type`,
    literal: 'address("apl", "http")',
  },
  {
    family: "experiment",
    file: BOTS,
    from: 'chaos: ["slow-network"]',
    to: 'chaos: ["slow-netwrk"]',
    at: '"slow-netwrk"',
    says: `Did you mean '"slow-network"'?`,
    literal: '"slow-netwrk"',
  },
  {
    family: "environment",
    from: 'production: { gracePeriod: "2m" }',
    to: 'prodution: { gracePeriod: "2m" }',
    at: "prodution: {",
    says: "Did you mean to write 'production'?",
    literal: "prodution: {",
  },
  {
    family: "cluster",
    from: "on: { production: {",
    to: "on: { producton: {",
    at: "producton: {",
    says: "Did you mean to write 'production'?",
    literal: "producton: {",
  },
];
const edits = (mistakes: readonly Mistake[]): Edit[] =>
  mistakes.map(({ file = SHOP, from, to }) => ({ file, from, to }));

/** What is red: file and text at which it is, and what it says, `TS…` first. */
interface Red {
  file: string;
  at: string;
  says: string;
}
const reds = (mistakes: readonly Mistake[]): Red[] => mistakes.map(({ file = SHOP, at, says }) => ({ file, at, says }));

/** One service whose team is wrong: shows that the names are still known. */
const [WRONG_TEAM] = MISTAKES as [Mistake];
const withWrongTeam = (...others: Edit[]): Edit[] => [...GOOD, ...edits([WRONG_TEAM]), ...others];
const CIRCLE = "implicitly has";
const main = (to: string): Edit => ({ file: CONFIG, from: "  // A change enters staging first", to: `${to}\n  //` });

/** Projects, and all that is red in them. They are one program, and none knows the names of another. */
const PROJECTS: Record<string, { edits: readonly Edit[]; red: readonly Red[]; first?: string }> = {
  "as-init-writes-it": { edits: [], red: [] },
  good: { edits: GOOD, red: [] },
  wrong: { edits: [...GOOD, ...edits(MISTAKES)], red: reds(MISTAKES) },
  "wrong-team-file-first": { edits: [...GOOD, ...edits(MISTAKES)], red: reds(MISTAKES), first: BOTS },
  "wrong-words-first": { edits: [...GOOD, ...edits(MISTAKES)], red: reds(MISTAKES), first: "ecosystem/eco.ts" },
  "another-ecosystem": {
    edits: [{ file: SHOP, from: "export const api =", to: "export const elsewhere =" }],
    red: [
      { file: SHOP, at: '"api", "http"', says: `Argument of type '"api"' is not assignable to parameter of type` },
      { file: SHOP, at: 'service: "api"', says: `Type '"api"' is not assignable to type` },
    ],
  },

  "a-rollout-has-another-name": {
    edits: [...GOOD, { file: CONFIG, from: "careful: canary(", to: "cautious: canary(" }],
    red: [{ file: SHOP, at: 'rollout: "careful"', says: `Type '"careful"' is not assignable to type` }],
  },
  "a-service-has-another-name": {
    edits: [...GOOD, { file: BOTS, from: 'mailBot as "mail-bot"', to: 'mailBot as "post-bot"' }],
    red: [{ file: BOTS, at: 'service: "mail-bot"', says: `Type '"mail-bot"' is not assignable to type` }],
  },

  "the-main-file-refers-to-nothing": {
    edits: withWrongTeam({ file: CONFIG, from: 'after: "staging"', to: 'after: "stagin"' }),
    red: [{ file: CONFIG, at: 'after: "stagin"', says: `Did you mean '"staging"'?` }, ...reds([WRONG_TEAM])],
  },
  "the-main-file-has-an-unknown-key": {
    edits: withWrongTeam(main("  enviroment: {},")),
    red: [{ file: CONFIG, at: "enviroment: {}", says: "does not exist in type" }, ...reds([WRONG_TEAM])],
  },
  "the-main-file-has-a-wrong-value": {
    edits: withWrongTeam({ file: CONFIG, from: 'machineType: "e2-standard-4", min: 3', to: "machineType: 4, min: 3" }),
    red: [{ file: CONFIG, at: "machineType: 4", says: "is not assignable to type" }, ...reds([WRONG_TEAM])],
  },

  // Forms from which TypeScript cannot tell the type of a service before it looks at what is in it: never silent.
  "services-in-an-object": {
    edits: [
      { file: CONFIG, from: "...shop }", to: "...shop, ...more.more }" },
      {
        file: CONFIG,
        from: '"./ecosystem/shop.ts";',
        to: '"./ecosystem/shop.ts";\nimport * as more from "./ecosystem/more.ts";',
      },
      {
        file: "ecosystem/more.ts",
        to: 'import { defineService } from "./eco.ts";\nexport const more = { bot: defineService({ team: "shop", image: "ghcr.io/stefanprodan/bot", placement: "all" }) };\n',
      },
    ],
    red: [{ file: "ecosystem/more.ts", at: "more = {", says: CIRCLE }],
  },
  "the-main-file-with-the-words-of-team-files": {
    edits: [
      {
        file: CONFIG,
        from: 'import { canary, defineEcosystem } from "eco-compile";',
        to: 'import { defineEcosystem } from "eco-compile";\nimport { canary } from "./ecosystem/eco.ts";',
      },
    ],
    red: [{ file: CONFIG, at: "export default", says: CIRCLE }],
  },
  "a-function-that-does-not-say-what-it-returns": {
    edits: [...GOOD, { file: BOTS, from: "(name: string): CheckedService =>", to: "(name: string) =>" }],
    red: [
      { file: BOTS, at: "worker = (", says: CIRCLE },
      { file: BOTS, at: "mailBot = ", says: CIRCLE },
    ],
  },
};

const FOLDER = temporaryFolder("team-files");
for (const [name, { edits }] of Object.entries(PROJECTS)) writeProject(join(FOLDER, name), edits);
writeProgram(
  FOLDER,
  Object.keys(PROJECTS),
  Object.entries(PROJECTS).flatMap(([name, { first }]) => (first === undefined ? [] : [`${name}/${first}`])),
);

const shown = ({ file, line, column, code, lines }: TypeFinding): string =>
  `${file}:${line}:${column} ${code} ${lines.join("\n")}`;

/** What a circle says beside the line at which it can be broken. */
const ROUND = /referenced directly or indirectly|circularly references itself/;

for (const [compiler, tsc] of Object.entries(compilers)) {
  const found = typeErrors(tsc, FOLDER, "tsconfig.json");
  for (const [name, { red }] of Object.entries(PROJECTS)) {
    test(`${compiler}, ${name.replaceAll("-", " ")}: red in ${red.length} places`, () => {
      const here = found.filter(({ file }) => file.startsWith(`${name}/`));
      const isLoud = red.some(({ says }) => says === CIRCLE);
      const others = new Set(here);
      for (const { file, at, says } of red) {
        const { line, column } = placeOf(join(FOLDER, name, file), at);
        const [one, ...more] = here.filter(
          (finding) => finding.file === `${name}/${file}` && finding.line === line && finding.column === column,
        );
        assert.ok(one, `nothing at ${at} (${file}:${line}:${column}), but\n${here.map(shown).join("\n")}`);
        assert.equal(more, []);
        assert.ok(one.lines.length <= 5, shown(one));
        assert.ok(one.lines.join("\n").includes(says), `${shown(one)}\ndoes not say: ${says}`);
        others.delete(one);
      }
      const unexpected = [...others].filter(({ lines }) => !(isLoud && ROUND.test(lines[0]!)));
      assert.is(unexpected.map(shown).join("\n"), "");
    });
  }

  test(`${compiler}: nothing is red outside of the projects`, () => {
    const outside = found.filter(({ file }) => !Object.keys(PROJECTS).some((name) => file.startsWith(`${name}/`)));
    assert.is(outside.map(shown).join("\n"), "");
  });
}

test("the mistakes are of every family that services refer to", () => {
  const referred = new Set(places.filter(({ path }) => path[0] === "services").flatMap((place) => place.families));
  assert.equal([...new Set(MISTAKES.map(({ family }) => family))].sort(), [...referred].sort());
});

test("what is red in an editor the compiler finds as well, at the literal, and what is not it accepts", async () => {
  const errorsOf = async (name: string) => {
    const root = join(FOLDER, name);
    const { diagnostics } = await compile({ root, mode: "compare", cwd: root });
    return diagnostics.filter(({ severity }) => severity === "error");
  };
  assert.equal(
    (await errorsOf("wrong"))
      .map(({ id, position }) => `${id} ${position?.file}:${position?.line}:${position?.column}`)
      .sort(),
    MISTAKES.map(({ file = SHOP, literal }) => {
      const { line, column } = placeOf(join(FOLDER, "wrong", file), literal);
      return `reference/unknown ${file}:${line}:${column}`;
    }).sort(),
  );
  assert.equal(await errorsOf("as-init-writes-it"), []);
});

test.run();
