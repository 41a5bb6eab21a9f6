import { block } from "../../../5-emit/serialise/hcl-file.ts";
import { ref } from "../../../5-emit/serialise/hcl.ts";
import type { Root, RootParts } from "../root.ts";

/**
 * Where the other roots keep their states. Applied once by a person, with a local state: nothing can hold its own
 * state.
 */
export function stateStoreRoot({ cloud, module, labels }: Root): RootParts {
  const { bucket, region, resourceGroup, container } = cloud.stateStore;
  const hasZones = cloud.regions.find(({ name }) => name === region)?.zones.length !== 0;
  const place = {
    gcp: { project: cloud.account, location: region, labels },
    aws: { tags: labels },
    azure: {
      resource_group_name: resourceGroup,
      region,
      ...(hasZones ? {} : { zone_redundant: false }),
      container,
      tags: labels,
    },
  }[cloud.kind];
  return {
    main: [block("module", ["state_store"], { source: module("state-store") }, { name: bucket, ...place })],
    outputs: [{ name: "name", description: "Name of the store.", value: ref("module.state_store.name") }],
    regions: [region],
  };
}
