import type { CloudKind } from "../../config/model/clouds.ts";
import { shipped, type Table } from "./table.ts";

/** What machines of a family need instead of what all others get. */
interface FamilyNeeds {
  /** The type of disk that they boot from. */
  disk?: string;
  /** The image of a Kubernetes node that drives their accelerators, as the cloud calls it; null where it has none. */
  image?: string | null;
}

/** `data/machine-families.json`: families with needs of their own. */
export type FamilyTable = Table<Readonly<Record<string, FamilyNeeds>>>;

export const familyTable = shipped<FamilyTable>("machine-families.json");

export function needsOf({ clouds }: FamilyTable, cloud: CloudKind, machineType: string): FamilyNeeds {
  const family = families[cloud](machineType).find((name) => Object.hasOwn(clouds[cloud], name));
  return family === undefined ? {} : clouds[cloud][family]!;
}

/** What a machine's family is called, the narrower name first. */
const families: Record<CloudKind, (machineType: string) => string[]> = {
  // c4a-standard-4 is a c4a; a3-ultragpu-8g is an a3-ultragpu, which needs more than the other a3.
  gcp: (machineType) => [2, 1].map((words) => machineType.split("-").slice(0, words).join("-")),
  aws: (machineType) => [machineType.split(".")[0]!],
  // Standard_NV8as_v4 is a Standard_NVas_v4 of eight cores.
  azure: (machineType) => [machineType.replace(/^(Standard_[A-Z]+)\d+/, "$1")],
};
