import { block } from "../../../5-emit/serialise/hcl-file.ts";
import type { VmRunner } from "../../../topology/runners.ts";
import { foundationState, identifier, providerOf, type Root, type RootParts } from "../root.ts";

/** Virtual machines that run CI jobs. */
export function runnersRoot(context: Root): RootParts {
  const { topology, root, cloud, module } = context;
  const runners = topology.runners.filter(
    (runner): runner is VmRunner => runner.kind === "vm" && root.runners!.includes(runner.name),
  );
  const regions = [...new Set(runners.map(({ region }) => region.name))];
  const { data, network } = foundationState(context);
  const inputs = (runner: VmRunner) => {
    const { name, region, machineType, bootDisk, spot, min, max, labels, token } = runner;
    const at = (field: string) => network(region.name, field);
    const shared = {
      name,
      machine_type: machineType,
      spot,
      min,
      max,
      runner_labels: labels,
      repository_url: topology.repository.url.replace(/\.git$/, ""),
      token_secret: token.path,
    };
    switch (cloud.kind) {
      case "gcp":
        return {
          ...shared,
          ...(bootDisk === undefined ? {} : { disk_type: bootDisk }),
          project: cloud.account,
          region: region.name,
          network_id: at("network_id"),
          subnet_id: at("subnet_id"),
          labels: context.labels,
        };
      case "aws":
        return { ...shared, network_id: at("network_id"), subnet_ids: at("subnet_ids"), tags: context.labels };
      case "azure":
        return {
          ...shared,
          resource_group_name: at("resource_group_name"),
          region: region.name,
          zones: region.zones,
          subnet_id: at("runner_subnet_id"),
          key_vault_id: cloud.keyVault,
          tags: context.labels,
        };
    }
  };
  return {
    main: [
      data,
      ...runners.map((runner) =>
        block(
          "module",
          [identifier("runners", runner.name)],
          { source: module("runners"), ...providerOf(context, regions, runner.region.name) },
          inputs(runner),
        ),
      ),
    ],
    outputs: [],
    regions,
  };
}
