import type { Expression, ModuleExportName, Program, VariableDeclarator } from "oxc-parser";
import type { SourceText, Span } from "../source-text.ts";

/** Where a file names an export, and where it writes its value. */
export interface Export {
  key: Span;
  value: Span;
}

/** What a file exports by name and writes itself, not what it passes on. */
export function exportsIn({ body }: Program, source: SourceText): ReadonlyMap<string, Export> {
  const span = ({ start, end }: { start: number; end: number }): Span => source.span(start, end);
  const constants = new Map<string, Expression>();
  const found = new Map<string, Export>();
  const declare = ({ id, init }: VariableDeclarator, isExported: boolean): void => {
    if (id.type !== "Identifier" || !init) return;
    constants.set(id.name, init);
    if (isExported) found.set(id.name, { key: span(id), value: span(init) });
  };
  for (const statement of body) {
    const isExported = statement.type === "ExportNamedDeclaration";
    const declaration = isExported ? statement.declaration : statement;
    if (declaration?.type === "VariableDeclaration")
      for (const declarator of declaration.declarations) declare(declarator, isExported);
    else if (isExported && declaration?.type === "FunctionDeclaration" && declaration.id)
      found.set(declaration.id.name, { key: span(declaration.id), value: span(declaration.id) });
    else if (statement.type === "ExportDefaultDeclaration")
      found.set("default", { key: span(statement), value: span(statement.declaration) });
  }
  // Last, since a constant may stand below the list that exports it.
  for (const statement of body) {
    if (statement.type !== "ExportNamedDeclaration" || statement.source) continue;
    for (const { local, exported } of statement.specifiers)
      found.set(nameOf(exported), { key: span(exported), value: span(constants.get(nameOf(local)) ?? exported) });
  }
  return found;
}

const nameOf = (name: ModuleExportName): string => (name.type === "Literal" ? name.value : name.name);
