/**
 * The circles of a graph: its strongly connected components of more than one node, each a sorted list, in order. Nodes
 * that lead to one another by several ways are one circle.
 */
export function circles(arrows: Iterable<readonly [from: string, to: string]>): string[][] {
  const next = new Map<string, string[]>();
  for (const [from, to] of arrows) next.set(from, [...(next.get(from) ?? []), to]);

  // Tarjan, Depth-first search and linear graph algorithms (1972).
  const found: string[][] = [];
  const [order, lowest] = [new Map<string, number>(), new Map<string, number>()];
  const [stack, onStack] = [[] as string[], new Set<string>()];
  function visit(node: string): void {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    stack.push(node);
    onStack.add(node);
    for (const to of next.get(node) ?? []) {
      if (!order.has(to)) visit(to);
      if (onStack.has(to)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(to)!));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    for (const member of circle) onStack.delete(member);
    if (circle.length > 1) found.push(circle.sort());
  }
  for (const node of next.keys()) if (!order.has(node)) visit(node);
  return found.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}
