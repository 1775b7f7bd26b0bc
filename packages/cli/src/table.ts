import Table from 'cli-table3';

const PLAIN = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
};

/** A column: its heading, and whether it holds numbers (aligned right). */
export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
}

/** Lays rows out in columns without lines, ready to print or to cut with other tools. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    ...PLAIN,
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ numeric }) => (numeric === true ? 'right' : 'left')),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
