/**
 * How many keys the outermost object of a valid JSON text has, repeated ones counted each time.
 *
 * `JSON.parse` silently keeps the last of them, so two readers could see two different tensors under one name.
 */
export function countTopLevelKeys(text: string): number {
  let depth = 0;
  let keys = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':')) keys += 1;
  }
  return keys;
}
