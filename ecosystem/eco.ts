import { project } from "eco-compile";
import type config from "../ecosystem.config.ts";

/** An interface, and not a type: TypeScript then looks at the config only when a name is asked for. */
interface Project {
  config: typeof config;
}

/** The words for files beside the config: a name that it does not declare is an error where it stands. */
export const { defineService } = project<Project>();
