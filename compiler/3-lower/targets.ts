import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { TargetOptions } from "../config/targets.ts";

export type TargetName = keyof TargetOptions;

/**
 * Whether the config leaves a target on. What only that target writes is not there otherwise, and nothing may count on
 * it.
 */
export const isOn = ({ targets }: Pick<Ecosystem, "targets">, name: TargetName): boolean => targets?.[name] !== false;
