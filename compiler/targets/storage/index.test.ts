import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withoutAddons } from "../../../test/support/emit.ts";
import { projectTopology } from "../../../test/support/topology.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import type { Topology } from "../../topology/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import storage from "./index.ts";

const test = suite("storage");
const topology = await projectTopology();

const objectsOf = (given: Topology): KubernetesObject[] =>
  storage.emit(given).flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []));

test("clusters on aws, in the folder of the add-on, and no others", () => {
  assert.equal(
    storage.emit(topology).map(({ path }) => path),
    ["generated/clusters/cluster-paris/platform/storage/manifests/storage-classes.yaml"],
  );
  assert.equal(storage.emit(withoutAddons(topology, (name) => name === "storage")), []);
});

test("it fits its schema", () => {
  const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
  for (const object of objectsOf(topology)) assert.equal(validate(object), []);
});

test("the default class: encrypted, in the pod's zone, and never taken away with its claim", () => {
  const [{ metadata, apiVersion: _version, kind: _kind, ...fields }] = objectsOf(topology) as [KubernetesObject];
  assert.equal(fields, {
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true" },
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
  assert.is(metadata.annotations!["storageclass.kubernetes.io/is-default-class"], "true");
  assert.is(
    metadata.annotations!["argocd.argoproj.io/sync-options"],
    "Force=true,Replace=true",
    "its fields are immutable",
  );
  assert.is(metadata.annotations!["eco-compile.dev/source"], "clusters.cluster-paris");
});

test.run();
