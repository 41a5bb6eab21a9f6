import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../test/support/topology.ts";
import { packageLibrary } from "../1-load/package-library.ts";
import { VENDORED_LIBRARY } from "../facts/names.ts";
import type { Topology } from "../topology/index.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { targets } from "../targets/registry.ts";
import { selectTargets } from "./select.ts";
import { emit } from "./index.ts";
import { FOLDER_READERS } from "./read-folders.ts";

const test = suite("folders that appliers read");
const reference = await projectTopology();
const inFolder: Topology = {
  ...reference,
  repository: { ...reference.repository, path: "deploy/platform" },
  library: {
    vendored: true,
    charts: `${VENDORED_LIBRARY}/helm-library`,
    modules: `${VENDORED_LIBRARY}/terraform-modules`,
    policies: `${VENDORED_LIBRARY}/policies`,
  },
};
const emission = (topology: Topology) =>
  emit(topology, selectTargets(targets, undefined), packageLibrary(PACKAGE_ROOT));

for (const [what, topology] of [
  ["the reference", reference],
  ["a project in a folder, with its library", inFolder],
] as const) {
  const { files, folders } = emission(topology);

  test(`${what}: every folder below generated/ that an Application names is known, and holds something`, () => {
    const prefix = topology.repository.path === "." ? "" : `${topology.repository.path}/`;
    const text = files
      .filter(({ path }) => path.includes("/argocd/"))
      .map(({ content }) => Buffer.from(content).toString("utf8"))
      .join("\n");
    const named = [...text.matchAll(/^\s*path: "?([^"\n]+)"?$/gm)]
      .map(([, path]) => path!)
      .filter((path) => path.startsWith(`${prefix}generated/`));
    assert.ok(named.length > 20, String(named.length));
    for (const path of named) assert.ok(folders.has(path.slice(prefix.length)), path);
    for (const folder of folders.keys())
      assert.ok(
        files.some(({ path }) => path.startsWith(`${folder}/`)),
        folder,
      );
  });

  test(`${what}: its own files are such as their reader takes, and every Terraform file lies in such a folder`, () => {
    for (const { path } of files) {
      const [folder, name] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
      if (name.endsWith(".tf")) assert.is(folders.get(folder), "terraform", path);
      const reader = folders.get(folder);
      if (reader === "manifests" || reader === "manifest-tree")
        assert.ok(FOLDER_READERS[reader].takes.test(name), path);
    }
  });
}

test("what is vendored is read by Helm, Terraform and OPA; what lies in the repository is not the compiler's", () => {
  const { folders } = emission(inFolder);
  assert.equal(
    ["helm-library/service", "helm-library/eco-library", "policies", "terraform-modules/gcp/gke"].map((name) =>
      folders.get(`${VENDORED_LIBRARY}/${name}`),
    ),
    ["chart", "chart", "policies", "terraform"],
  );
  assert.equal(
    [...emission(reference).folders.keys()].filter((folder) => !folder.startsWith("generated/")),
    [],
  );
});

const TAKEN: readonly [reader: keyof typeof FOLDER_READERS, names: readonly string[], left: readonly string[]][] = [
  [
    "manifests",
    [
      "a.yaml",
      "a.yml",
      "a.json",
      "a.jsonnet",
      "lib.libsonnet",
      "kustomization.yaml",
      "Kustomization",
      ".argocd-source.yaml",
    ],
    ["README.md", "a.yaml.bak", ".DS_Store", "a.tf"],
  ],
  ["manifest-tree", ["a.yaml", "a.jsonnet"], ["README.md"]],
  [
    "terraform",
    [
      "a.tf",
      "a.tf.json",
      "a_override.tf",
      "a.tofu",
      "a.tofu.json",
      "terraform.tfvars",
      "terraform.tfvars.json",
      "x.auto.tfvars",
    ],
    [".terraform.lock.hcl", "terraform.tfstate", "a.tfplan", "production.tfvars", "README.md", "x.tftest.hcl"],
  ],
  ["policies", ["a.rego", "data.json", "data.yaml"], ["policy.wasm", "README.md"]],
  ["chart", ["templates.tpl", "anything"], []],
];
for (const [reader, names, left] of TAKEN) {
  test(`${reader}: ${names.join(", ")}${left.length === 0 ? "" : `, not ${left.join(", ")}`}`, () => {
    const { takes } = FOLDER_READERS[reader];
    assert.equal(
      names.filter((name) => !takes.test(name)),
      [],
    );
    assert.equal(
      left.filter((name) => takes.test(name)),
      [],
    );
  });
}

test.run();
