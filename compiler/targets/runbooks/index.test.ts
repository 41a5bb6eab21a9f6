import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { assertGoldenTree } from "../../../test/support/golden.ts";
import { assembledBy } from "../../../test/support/emit.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import { packageLibrary } from "../../1-load/package-library.ts";
import { emit } from "../../5-emit/index.ts";
import { addonPath, SOURCE_ANNOTATION, VENDORED_LIBRARY } from "../../facts/names.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { targets } from "../registry.ts";
import { selectTargets } from "../../5-emit/select.ts";
import { access } from "./access.ts";
import { clusterPage } from "./cluster.ts";
import { formats } from "./format.ts";
import { templates } from "./generated/templates.js";
import runbooks from "./index.ts";
import { overview } from "./overview.ts";
import { alone, team } from "./test/samples.ts";

const test = suite("runbooks");
const bash = consumer("bash");
const print = templates(formats);
const reference = await projectTopology();
const vendored: Topology = {
  ...reference,
  library: {
    vendored: true,
    charts: `${VENDORED_LIBRARY}/helm-library`,
    modules: `${VENDORED_LIBRARY}/terraform-modules`,
    policies: `${VENDORED_LIBRARY}/policies`,
  },
};
const samples = { alone: topologyOf(alone), team: topologyOf(team) };
const topologies: [string, Topology][] = [
  ["the reference ecosystem", reference],
  ["with its library written along", vendored],
  ...Object.entries(samples),
];

const pagesOf = (topology: Topology): [path: string, text: string][] =>
  assembledBy(runbooks, topology, undefined).map(({ path, body }) => [path, (body as { text: string }).text]);
const workloadsOf = ({ workloads }: Topology, { name }: Cluster) =>
  workloads.filter(({ cluster }) => cluster.name === name);
/** Everything that all targets make. */
const everything = (topology: Topology) =>
  emit(topology, selectTargets(targets, undefined), packageLibrary(PACKAGE_ROOT));

/** Every form of add-on, instead of the catalogue's, whose versions are no business of the expected pages. */
const withAddons = (topology: Topology): Topology => ({
  ...topology,
  platform: {
    ...topology.platform,
    addons: topology.clusters.flatMap((cluster) => {
      const addon = (name: string, namespace: string, wave: number, what: Partial<Addon>): Addon => ({
        name,
        cluster: cluster.name,
        target: "test",
        namespace,
        wave,
        path: addonPath(cluster.name, name),
        source: cluster.source,
        serverSideApply: false,
        ...what,
      });
      return [
        addon("argo-cd", "argocd", -50, {
          chart: { repository: "https://charts.example/argo", name: "argo-cd", version: "1.2.3" },
        }),
        addon("namespaces", "argocd", -40, {}),
        addon("slo-gate", "slo-gate", -10, { libraryChart: "service" }),
      ];
    }),
  },
});

for (const [name, topology] of Object.entries(samples)) {
  test(`the pages of the sample ${name}`, () =>
    assertGoldenTree(
      join(import.meta.dirname, "test/expected", name),
      new Map(pagesOf(withAddons(topology)).map(([path, text]) => [path, Buffer.from(text)])),
    ));
}

const COMMANDS = /^```sh\n([^]*?)^```$/gm;
const commandsOf = (text: string): string[] => [...text.matchAll(COMMANDS)].map(([, commands]) => commands!);

for (const [what, topology] of topologies) {
  const { files } = everything(topology);
  const isThere = (path: string) =>
    files.some((file) => file.path === path || file.path.startsWith(`${path}/`)) || path === "generated/manifest.json";
  const isInRepository = (path: string) => !topology.library.vendored && existsSync(join(PACKAGE_ROOT, path));

  test(`${what}: every path in a command is there`, () => {
    for (const [page, text] of pagesOf(topology)) {
      const named = commandsOf(text).flatMap((commands) => commands.match(/generated\/[^\s"']*/g) ?? []);
      assert.ok(named.length > 0, page);
      for (const path of named) assert.ok(isThere(path), `${page}: ${path}`);
    }
  });

  test(`${what}: every link leads somewhere`, () => {
    const pages = new Map(pagesOf(topology));
    for (const [page, text] of pages) {
      for (const [, target] of text.matchAll(/\]\(([^)]*)\)/g)) {
        if (target!.startsWith("https://")) continue;
        const [to = "", anchor] = target!.split("#");
        const path = to === "" ? page : join(dirname(page), to);
        assert.ok(isThere(path) || isInRepository(path), `${page}: ${target}`);
        if (anchor !== undefined)
          assert.match(
            pages.get(path) ?? "",
            new RegExp(`^##+ ${anchor.replaceAll("-", " ")}$`, "im"),
            `${page}: ${target}`,
          );
      }
    }
  });

  (bash ? test : test.skip)(`${what}: bash takes every command`, () => {
    const scripts = pagesOf(topology).flatMap(([, text]) => commandsOf(text));
    execFileSync(bash!, ["-n"], { input: scripts.join("\n"), stdio: ["pipe", "pipe", "pipe"] });
    // A place to fill in by hand would be a redirection.
    assert.not.match(scripts.join("\n"), /[<>…]/);
  });

  test(`${what}: every folder of generated/ is explained`, () => {
    const text = pagesOf(topology)[0]![1];
    for (const folder of new Set(
      files
        .map(({ path }) => path.split("/"))
        .filter(([root, , more]) => root === "generated" && more !== undefined)
        .map(([, folder]) => folder),
    )) {
      assert.match(text, new RegExp(`^\\| \\[?\`${folder}/`, "m"));
    }
  });

  test(`${what}: an experiment that is listed is one that starts, and the other way round`, () => {
    const { artifacts } = everything(topology);
    for (const cluster of topology.clusters) {
      const workloads = workloadsOf(topology, cluster);
      const listed = clusterPage(topology, cluster, workloads).experiments.map(
        ({ name, service }) => `${service} ${name}`,
      );
      const started = workloads.flatMap((workload) =>
        artifacts
          .filter(({ path }) => path === `${workload.path}/manifests/chaos.yaml`)
          .flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []))
          .filter(({ kind }) => kind === "Schedule" || kind === "CronJob")
          .map(
            ({ metadata }) =>
              `${workload.name} ${metadata.annotations![SOURCE_ANNOTATION]!.replace("resilience.experiments.", "")}`,
          ),
      );
      assert.equal(listed.sort(), started.sort(), cluster.name);
    }
  });

  test(`${what}: a cluster is reached where Terraform makes it`, () => {
    for (const cluster of topology.clusters) {
      const text = (path: string) => String(files.find((file) => file.path === path)!.content);
      const argument = (name: string) =>
        access(topology, cluster)
          .words.find((word) => word.startsWith(`--${name}=`))
          ?.slice(name.length + 3);
      if (cluster.cloud === "gcp")
        assert.match(
          text(`generated/terraform/gcp/${cluster.name}/main.tf`),
          new RegExp(`location += "${argument("location")}"`),
        );
      // The module `network` names the resource group as itself; so does `existing-network` by default.
      if (cluster.cloud === "azure")
        assert.match(
          text("generated/terraform/azure/foundation/main.tf"),
          new RegExp(`module "network_${cluster.region.name}" \\{[^}]*\\bname += "${argument("resource-group")}"`),
        );
    }
  });
}

test("what a person applies comes after all that it needs", () => {
  for (const [, topology] of topologies) {
    const { byHand, stateStores, follow } = overview(topology);
    const rootOf = (words: readonly string[]) =>
      topology.terraformRoots.find(({ path }) => words.includes(`-chdir=${path}`))!;
    const order = byHand.map(({ apply }) => rootOf(apply));
    for (const [index, root] of order.entries())
      for (const needed of root.dependsOn)
        assert.ok(
          order.slice(0, index).some(({ name }) => name === needed),
          `${root.name} before ${needed}`,
        );
    assert.equal(
      [...order, ...stateStores.map(({ apply }) => rootOf(apply))]
        .map(({ name }) => name)
        .concat(follow?.roots ?? [])
        .sort(),
      topology.terraformRoots.map(({ name }) => name).sort(),
      "each root once",
    );
  }
});

test("a continuous root that a gated one needs is applied by hand the first time", () => {
  const { clouds, environments, ...rest } = alone;
  const late = topologyOf({ ...rest, clouds, environments: { live: { apply: "continuous" } } });
  assert.equal(
    late.terraformRoots.map(({ name, apply }) => [name, apply]),
    [
      ["aws/state-store", "manual"],
      ["aws/foundation", "continuous"],
      ["aws/only", "gated"],
    ],
  );
  assert.equal(
    overview(late).byHand.map(({ apply }) => apply[1]),
    ["-chdir=generated/terraform/aws/foundation", "-chdir=generated/terraform/aws/only"],
  );
  assert.is(overview(late).follow, null);
});

test("the management cluster starts first", () =>
  assert.equal(
    overview(reference).clusters.map(({ name }) => name),
    ["cluster-ultimate", "cluster-paris", "cluster-amsterdam"],
  ));

test("what stops the mesh's faults selects their jobs", () => {
  const jobs = everything(reference).artifacts.flatMap(({ path, body }) =>
    path.endsWith("/chaos.yaml") && body.kind === "kubernetes"
      ? body.objects.filter(({ kind }) => kind === "CronJob")
      : [],
  );
  assert.ok(jobs.length > 0);
  for (const { spec, metadata } of jobs as unknown as {
    spec: { jobTemplate: { metadata: { labels: Record<string, string> } } };
    metadata: { namespace: string };
  }[]) {
    const selector = Object.entries(spec.jobTemplate.metadata.labels).map(
      ([key, value]) => `--selector=${key}=${value}`,
    );
    const stops = pagesOf(reference).flatMap(([, text]) => text.match(/^kubectl .* delete jobs\.batch .*$/gm) ?? []);
    assert.ok(
      stops.some(
        (command) =>
          command.includes(`--namespace=${metadata.namespace} `) && selector.some((words) => command.endsWith(words)),
      ),
    );
  }
});

test("with the switch off, no experiment is listed, and the page says why", () => {
  const off = topologyOf({ ...team, resilience: { ...team.resilience!, enabled: false } });
  const page = pagesOf(off).find(([path]) => path.includes("/bench/"))![1];
  assert.match(page, "None: `resilience.enabled` is `false`.");
  assert.not.match(page, "Stop all chaos");
});

/** A view with every text replaced. */
const replaced = (view: unknown, text: string): unknown => {
  if (typeof view === "string") return text;
  if (Array.isArray(view)) return view.map((item) => replaced(item, text));
  return view !== null && typeof view === "object"
    ? Object.fromEntries(Object.entries(view).map(([key, value]) => [key, replaced(value, text)]))
    : view;
};

/** What a page is made of: for each line its block and its cells, without the text in them. */
const skeleton = (page: string): string[] => {
  let fenced = false;
  return page.split("\n").map((line) => {
    if (line.startsWith("```")) {
      fenced = !fenced;
      return fenced ? "open" : "close";
    }
    if (fenced) return "command";
    const spans = line.replace(/\\./g, "").replace(/`[^`]*`/g, "");
    return [/^(?:#+ |\s*- |\d\. |<!--|)/.exec(line)![0], ...spans.replace(/[^|[\]<>*`]/g, "")].join("");
  });
};

const HOSTILE = [
  "a\n\n# b",
  "a | b",
  "`",
  "```\n",
  "a`b`",
  "](https://evil.example)",
  "<!-- ",
  "-->",
  "<b>",
  "\\",
  "**",
  "$(touch x)",
  "'; touch x; '",
  "\u202ea",
];

for (const text of HOSTILE) {
  test(`values of ${JSON.stringify(text)} change no page's structure`, () => {
    for (const topology of [reference, samples.team]) {
      const views: [print: (view: object) => string, view: object][] = [
        [print.overview, overview(topology)],
        ...topology.clusters.map((cluster): [(view: object) => string, object] => [
          print.cluster,
          clusterPage(topology, cluster, workloadsOf(topology, cluster)),
        ]),
      ];
      for (const [page, view] of views) {
        const printed = page(replaced(view, text) as object);
        assert.equal(skeleton(printed), skeleton(page(replaced(view, "x") as object)));
        if (bash)
          execFileSync(bash, ["-n"], { input: commandsOf(printed).join("\n"), stdio: ["pipe", "pipe", "pipe"] });
      }
    }
  });
}

test("a field that is not there is an error, not an empty place", () => {
  const { name: _, ...view } = overview(reference);
  assert.throws(() => print.overview(view), /"name" not defined/);
});

test.run();
