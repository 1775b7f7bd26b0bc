import { analyze } from '@atrous/core';
import { buildModel, variants, type Variant } from '@atrous/models';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SIDE = 513;

const HEADER = ['name', 'network', 'classes', 'image', 'output stride', 'parameters', 'multiply-adds', 'field of view'];

function rowOf(variant: Variant): readonly string[] {
  const { name, description, model } = variant;
  const graph = buildModel(model);
  const { parameters, multiplyAdds, nodes } = analyze(graph, [1, SIDE, SIDE, 3]);
  const logits = nodes.find(({ node }) => node.name === graph.outputs.logits);
  return [
    `\`${name}\``,
    description,
    JSON.stringify(model.config.numClasses),
    `${SIDE}×${SIDE}`,
    String(graph.outputStride),
    `${(parameters / 1e6).toFixed(2)} M`,
    `${(multiplyAdds / 1e9).toFixed(1)} G`,
    String(Math.ceil(Math.max(...(logits?.receptiveField.size ?? [])))),
  ];
}

/** A Markdown table as Prettier lays it out. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = HEADER.map((_, column) => Math.max(...[HEADER, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(HEADER), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

it('the reference lists every network with its sizes', async () => {
  const page = `# Every network

Networks of the papers by name. \`npx atrous describe NAME\` shows one layer by layer. How they are put
together stands in [Networks of the papers](../guides/networks-of-the-papers.md).

${table(variants.map(rowOf))}

Multiply-adds are those of convolutions. The field of view is the side, in pixels, of the square that one logit can be changed by,
image-level pooling included. A test writes this page (\`npx vitest run networks-reference --update\`) and fails when it is not up to date.
`;
  await expect(page).toMatchFileSnapshot(
    fileURLToPath(new URL('../../../docs/reference/networks.md', import.meta.url)),
  );
});
