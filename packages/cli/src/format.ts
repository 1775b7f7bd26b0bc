const grouped = new Intl.NumberFormat('en-US');

/** `2,097,013`. */
export const formatCount = (value: number): string => grouped.format(value);

/** `12.3 %` of a share 0 … 1; `-` where there is none. */
export const formatPercent = (share: number | null, digits = 1): string =>
  share === null || Number.isNaN(share) ? '-' : `${(share * 100).toFixed(digits)} %`;

/** Milliseconds with three significant digits or none after the point. */
export const formatMs = (ms: number): string => (ms < 100 ? ms.toPrecision(3) : formatCount(Math.round(ms)));

/** Bytes as mebibytes. */
export const formatMiB = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** `#c08080`, after a sample of the colour where the terminal can show one. */
export function formatColor(color: readonly number[], onTerminal: boolean): string {
  const hex = `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  return onTerminal ? `\x1b[48;2;${color.join(';')}m  \x1b[0m ${hex}` : hex;
}
