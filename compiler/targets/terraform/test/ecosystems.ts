import type { Ecosystem } from "../../../config/model/ecosystem.ts";
import { everything } from "../../../../scripts/everything/everything.ts";

const { gcp, aws, azure } = everything.clouds as {
  [C in keyof Ecosystem["clouds"]]-?: NonNullable<Ecosystem["clouds"][C]>;
};

/** The ecosystem that writes everything, with networks and clusters that the compiler makes: two regions each. */
export const created: Ecosystem = {
  ...everything,
  targets: { opa: false },
  clouds: {
    gcp: {
      ...gcp,
      network: { ...gcp.network, existing: false },
      regions: { ...gcp.regions, "europe-west4": { subnet: { cidr: "10.0.32.0/20" } } },
    },
    aws: {
      ...aws,
      network: { ...aws.network, existing: false },
      regions: { ...aws.regions, "eu-north-1": { subnet: { cidr: "10.1.128.0/18" } } },
    },
    azure: {
      ...azure,
      network: { ...azure.network, existing: false },
      regions: { ...azure.regions, northeurope: { subnet: { cidr: "10.2.16.0/20" } } },
    },
  },
  clusters: { ...everything.clusters, gke: { ...everything.clusters["gke"]!, existing: false } },
  runners: {
    ...everything.runners,
    "north-machines": {
      kind: "vm",
      cloud: "aws",
      region: "eu-north-1",
      machineType: "m6i.large",
      min: 0,
      max: 1,
      token: "runner-token",
    },
    "west4-machines": {
      kind: "vm",
      cloud: "gcp",
      region: "europe-west4",
      machineType: "e2-standard-4",
      min: 0,
      max: 1,
      token: "runner-token",
    },
  },
};
/** The same, with networks and clusters that are there. */
export const existing: Ecosystem = {
  ...everything,
  clusters: Object.fromEntries(
    Object.entries(everything.clusters).map(([name, cluster]) => [name, { ...cluster, existing: true }]),
  ) as Ecosystem["clusters"],
};
/** Networks and clusters that the compiler makes, of one region each and with nothing special. */
export const plain: Ecosystem = {
  ...created,
  clouds: {
    gcp: { ...created.clouds.gcp!, regions: { "europe-north1": { subnet: { cidr: "10.0.16.0/20" } } } },
    aws: { ...created.clouds.aws!, regions: { "eu-west-3": { subnet: { cidr: "10.1.0.0/18" } } } },
    azure: { ...created.clouds.azure!, regions: { westeurope: { subnet: { cidr: "10.2.0.0/20" } } } },
  },
  runners: {},
  clusters: Object.fromEntries(
    Object.entries(everything.clusters).map(([name, { cloud, region, environment, nodePools }]) => [
      name,
      {
        cloud,
        region,
        environment,
        nodePools: { main: { machineType: nodePools["main"]!.machineType, min: 3, max: 3 } },
      },
    ]),
  ) as Ecosystem["clusters"],
};
