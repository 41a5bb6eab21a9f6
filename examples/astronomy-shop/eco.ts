import { project } from "eco-compile";
import type config from "./ecosystem.config.ts";

/** The config is a property here, since TypeScript looks at the type of one only when a name is asked for. */
interface Project {
  config: typeof config;
}

/** The words for files beside the config: a name that it does not declare is an error where it stands. */
export const { address, blueGreen, canary, defineService, file, folder, host, pod, port, secret, shadow, text, url } =
  project<Project>();
