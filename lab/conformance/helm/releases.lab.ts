/**
 * Releases of every workload against a control plane: installed, upgraded, rolled back, with the real helm and the
 * controllers that follow.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { load } from "js-yaml";
import * as assert from "uvu/assert";
import { topologyOf } from "../../compiled/index.ts";
import type { Data } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { applicationOf, ChartRenderer, contentOf, KUBERNETES, rootObjects } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { until } from "../../until.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { HELM, isOurs, releasesOf, valuesFile, type Release } from "./releases.ts";

/** What is installed for real: a cluster of each of these. */
const CLUSTERS = { reference: "cluster-ultimate", "online-boutique": "boutique-staging" } as const;

const charts = new ChartRenderer(KUBERNETES);
const folder = temporaryFolder("releases");

/**
 * What each revision has over the committed values: an image of its own, and configuration of its own where the chart's
 * user mounts none.
 */
function valuesOf(revision: "one" | "two", more: Data = {}): string {
  const digest = `sha256:${(revision === "one" ? "1" : "2").repeat(64)}`;
  const file = join(folder, `${revision}-${Object.keys(more).join("-")}.json`);
  writeFileSync(
    file,
    JSON.stringify({ image: { digest }, config: { mountPath: "/etc/lab", files: { revision } }, ...more }),
  );
  return file;
}

const HASH = { one: "1".repeat(64), two: "2".repeat(64) };

for (const ecosystem of Object.keys(CLUSTERS) as (keyof typeof CLUSTERS)[]) {
  const [name, project] = [CLUSTERS[ecosystem], ECOSYSTEMS[ecosystem]];
  const { clusters } = await topologyOf(project, ["clusters"]);
  const cluster = clusters.find((each) => each.name === name)!;
  // What the platform installs with its own charts stands in namespaces of the platform.
  const releases = releasesOf(cluster, project).filter(
    (release) => isOurs(release) && release.values.includes("/services/"),
  );
  const test = labSuite(`helm: releases of ${ecosystem}/${name}`, [...CONTROL_PLANE, "helm"]);

  let lab: LabCluster;
  test.after(() => lab?.stop());

  const helm = (...args: string[]): string => charts.helm([...args, "--kubeconfig", lab.kubeconfig]);
  const on = ({ name, namespace }: Release): string[] => [name, "--namespace", namespace];
  const upgrade = (release: Release, values: string, ...more: string[]): string =>
    helm(
      "upgrade",
      ...on(release),
      charts.folderOf(release.source)!,
      "--values",
      valuesFile(release),
      "--values",
      values,
      ...more,
    );
  const statusOf = (release: Release): Data => JSON.parse(helm("status", ...on(release), "--output", "json"));

  /** Every release says that it is deployed, and what runs of it is of that revision alone. */
  async function settled(revision: number, hash: string): Promise<number> {
    const listed: Data[] = JSON.parse(helm("list", "--all-namespaces", "--output", "json"));
    const said = new Map(listed.map((each) => [`${each.namespace}/${each.name}`, `${each.status} ${each.revision}`]));
    for (const { name, namespace } of releases)
      assert.is(said.get(`${namespace}/${name}`), `deployed ${revision}`, name);
    let pods = 0;
    await until(
      `every pod of revision ${revision}`,
      async () => {
        const found = await Promise.all(releases.map((release) => podsOf(lab, release)));
        pods = found.reduce((sum, each) => sum + each.length, 0);
        return found.every(
          (each, index) =>
            hasPods(releases[index]!, each) && each.every(({ image, ready }) => ready && image.endsWith(hash)),
        );
      },
      {
        seconds: 300,
        every: 500,
        instead: async () =>
          (await Promise.all(releases.map((release) => podsOf(lab, release))))
            .flat()
            .filter(({ image, ready }) => !ready || !image.endsWith(hash)),
      },
    );
    return pods;
  }

  test("a control plane with the config's nodes and the generated namespaces comes up", async () => {
    lab = await startCluster({ cluster, nodes: "max", crds: [] });
    const namespaces = rootObjects(cluster, project).find(
      ({ object }) => object.metadata.name === "platform-namespaces",
    )!;
    for (const { object } of contentOf(applicationOf(namespaces), charts).objects.filter(
      ({ object }) => object.kind === "Namespace",
    ))
      await lab.client.apply(object);
  });

  test("install: every release is deployed, and its pods come up", async () => {
    assert.ok(releases.length > 5);
    for (const release of releases)
      helm(
        "install",
        ...on(release),
        charts.folderOf(release.source)!,
        "--values",
        valuesFile(release),
        "--values",
        valuesOf("one"),
      );
    assert.ok((await settled(1, HASH.one)) > 0);
  });

  test("the objects of a release are those of the chart, with nothing that the server would change", async () => {
    for (const release of releases) {
      const again = upgrade(release, valuesOf("one"), "--dry-run=server", "--output", "json");
      const live = helm("get", "manifest", ...on(release));
      assert.is(String(JSON.parse(again).manifest).trim(), live.trim(), release.name);
    }
  });

  test("upgrade: the pods are replaced by those of the new image and configuration", async () => {
    for (const release of releases) upgrade(release, valuesOf("two"));
    await settled(2, HASH.two);
    assert.equal(
      await configurations(lab, releases),
      releases.map(() => "two"),
    );
  });

  test("rollback: image and configuration are those of the first revision", async () => {
    for (const release of releases) helm("rollback", ...on(release), "1");
    const pods = await settled(3, HASH.one);
    assert.equal(
      await configurations(lab, releases),
      releases.map(() => "one"),
    );
    record(
      {
        ...HELM,
        judged: `${ecosystem}/${name}: releases installed, upgraded and rolled back on a control plane; all ${pods} pods followed`,
        count: releases.length,
        level: "reconciled",
      },
      releases.map(({ values }) => values),
    );
  });

  if (ecosystem === "reference") mutants();

  test("uninstall: nothing is left but the volumes of what holds state", async () => {
    for (const release of releases) helm("uninstall", ...on(release));
    const kinds = [
      ["apps/v1", "Deployment"],
      ["apps/v1", "StatefulSet"],
      ["apps/v1", "DaemonSet"],
      ["batch/v1", "CronJob"],
      ["v1", "ConfigMap"],
      ["v1", "Service"],
      ["networking.k8s.io/v1", "NetworkPolicy"],
    ] as const;
    const names = new Set(releases.map((release) => release.name));
    for (const [apiVersion, kind] of kinds) {
      const left = async (): Promise<Data[]> =>
        (await lab.client.list(apiVersion, kind)).filter(({ metadata }) =>
          names.has(metadata.labels?.["app.kubernetes.io/name"]),
        );
      await until(`no ${kind} left`, async () => (await left()).length === 0, {
        seconds: 120,
        instead: async () => (await left()).map(({ metadata }) => metadata.name),
      });
    }
    const claims = (await lab.client.list("v1", "PersistentVolumeClaim")).map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    );
    const kept = releases.flatMap((release) =>
      volumesOf(release).map((volume) => `${release.namespace}/${volume}-${release.name}-0`),
    );
    assert.ok(
      releases.every((release) => volumesOf(release).length > 0 === release.source.path!.endsWith("/stateful")),
    );
    assert.equal(
      kept.filter((claim) => !claims.includes(claim)),
      [],
    );
  });

  test.run();

  /** What a release may not survive. */
  function mutants(): void {
    const of = (chart: string, rolls = false): Release =>
      releases.find(
        (release) =>
          basename(release.source.path!) === chart &&
          rolls === readFileSync(valuesFile(release), "utf8").includes("rollout:\n  enabled: true"),
      )!;
    const refused = (run: () => unknown, message: RegExp): void =>
      assert.throws(
        run,
        ({ message: said }: Error) => message.test(said) || assert.unreachable(`said instead: ${said}`),
      );

    test("caught: pods that no node has room for; --atomic brings the revision before back", async () => {
      const release = of("service");
      const large = {
        requests: { cpu: "1", memory: "900Gi", "ephemeral-storage": "1Gi" },
        limits: { cpu: "1", memory: "900Gi", "ephemeral-storage": "1Gi" },
      };
      refused(
        () => upgrade(release, valuesOf("two", { resources: large }), "--atomic", "--timeout", "20s"),
        /rolled back due to atomic being set|context deadline exceeded/,
      );
      const { info, version } = statusOf(release);
      assert.equal([info.status, version], ["deployed", 5]);
      await until(
        "the pods of before",
        async () => (await podsOf(lab, release)).every(({ image, ready }) => ready && image.endsWith(HASH.one)),
        { seconds: 120 },
      );
    });

    test("caught: a volume that grows in a StatefulSet", () => {
      const release = of("stateful");
      refused(
        () =>
          upgrade(
            release,
            valuesOf("one", {
              storage: [{ name: "data", mountPath: "/data", size: "20Gi", accessModes: ["ReadWriteOnce"] }],
            }),
          ),
        /updates to statefulset spec for fields other than/,
      );
      assert.is(statusOf(release).info.status, "failed");
      helm("rollback", ...on(release), "3");
      assert.is(statusOf(release).info.status, "deployed");
    });

    test("caught: a chart whose ConfigMap keeps its name when its content changes", () => {
      const release = of("service");
      const broken = join(temporaryFolder("chart"), "chart");
      const original = charts.folderOf(release.source)!;
      cpSync(original, broken, { recursive: true });
      // Of two charts of one name in charts/ helm takes either, by chance: the packed one, which is whole, has to go.
      rmSync(join(broken, "charts"), { recursive: true });
      cpSync(join(dirname(original), "eco-library"), join(broken, "charts/eco-library"), { recursive: true });
      const file = join(broken, "charts/eco-library/templates/_configmap.tpl");
      writeFileSync(
        file,
        readFileSync(file, "utf8").replace(/(define "eco\.configMapName" -}}\n).*\n/, "$1{{ .Values.name }}-config\n"),
      );
      const install = (values: string, ...more: string[]): string =>
        helm(
          "upgrade",
          "--install",
          "mutant",
          broken,
          "--namespace",
          release.namespace,
          "--values",
          valuesFile(release),
          "--values",
          values,
          ...more,
        );
      install(valuesOf("one", { name: "mutant", services: [{ name: "mutant" }], serviceAccount: { name: "mutant" } }));
      refused(
        () =>
          install(
            valuesOf("two", { name: "mutant", services: [{ name: "mutant" }], serviceAccount: { name: "mutant" } }),
          ),
        /field is immutable when `immutable` is set/,
      );
      helm("uninstall", "mutant", "--namespace", release.namespace);
    });

    test("caught: an object that another release owns", () => {
      const release = of("service");
      refused(
        () =>
          helm(
            "install",
            "thief",
            charts.folderOf(release.source)!,
            "--namespace",
            release.namespace,
            "--values",
            valuesFile(release),
          ),
        /cannot be imported into the current release: invalid ownership metadata/,
      );
      record({ ...HELM, judged: "broken releases, each refused or undone", count: 4, level: "reconciled" });
    });
  }
}

interface Pod {
  image: string;
  ready: boolean;
}

async function podsOf(lab: LabCluster, { name, namespace }: Release): Promise<Pod[]> {
  const pods = await lab.client.list("v1", "Pod", { namespace, labels: { "app.kubernetes.io/name": name } });
  return pods.map(({ spec, status, metadata }) => ({
    image: spec.containers[0].image,
    ready:
      metadata.deletionTimestamp === undefined &&
      (status?.conditions?.some(({ type, status }: Data) => type === "Ready" && status === "True") ?? false),
  }));
}

/** The names of the volumes that each pod of a release has for itself. */
const volumesOf = (release: Release): string[] =>
  ((load(readFileSync(valuesFile(release), "utf8")) as Data).storage ?? []).map(({ name }: Data) => name);

/** A Deployment that a Rollout takes over makes no pods by itself, and a CronJob none before its time. */
function hasPods(release: Release, pods: readonly Pod[]): boolean {
  const values = readFileSync(valuesFile(release), "utf8");
  const none = values.includes("rollout:\n  enabled: true") || release.source.path!.endsWith("/job");
  return none === (pods.length === 0);
}

/** What the one ConfigMap of each release says. */
async function configurations(lab: LabCluster, releases: readonly Release[]): Promise<string[]> {
  const found = await Promise.all(
    releases.map(({ name, namespace }) =>
      lab.client.list("v1", "ConfigMap", { namespace, labels: { "app.kubernetes.io/name": name } }),
    ),
  );
  return found.map((maps) => maps.map(({ data }) => data.revision).join());
}
