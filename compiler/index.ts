/** The compiler for tools: `import { compile } from "eco-compile/compiler"`. */
export { compile } from "./compile.ts";
export type { CompileOptions, CompileResult, InputData } from "./run.ts";
export type { Diagnostic, Position, Severity } from "./diagnostics/diagnostic.ts";
export type * from "./topology/index.ts";
export type { Artifact, ArtifactBody, EmittedFile, KubernetesObject } from "./5-emit/artifact.ts";
