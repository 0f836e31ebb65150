export interface Bench {
  /** One line for the list of names. */
  about: string
  /** `say` shows progress. */
  run(say: (text: string) => void): Promise<Figure[]>
}

/** What was measured of one subject. */
export interface Figure {
  title: string
  unit: 'ms' | 'KiB'
  values: number[]
  /** The title of the figure this one is compared with, if any. */
  peer?: string
}

/** A table of minimum, median, 95th percentile, maximum and ratio, and last a line of JSON with the same figures. */
export function describeFigures(name: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => summarize(figure, figures))
  const heads = ['', 'unit', 'runs', 'min', 'median', 'p95', 'max', 'ratio']
  const cells = rows.map((row) => [
    row.title,
    row.unit,
    String(row.runs),
    ...[row.min, row.median, row.p95, row.max].map((value) => value.toFixed(1)),
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
  ])
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]!.length)),
  )
  const lines = [heads, ...cells].map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
  return `\n${lines.join('\n')}\n\n${JSON.stringify({ bench: name, figures: rows })}\n`
}

function summarize(figure: Figure, all: readonly Figure[]) {
  const sorted = figure.values.toSorted((a, b) => a - b)
  const peer = all.find((each) => each.title === figure.peer)
  return {
    title: figure.title,
    unit: figure.unit,
    runs: sorted.length,
    min: quantile(sorted, 0),
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    max: quantile(sorted, 1),
    ...(peer
      ? {
          ratio:
            quantile(sorted, 0.5) /
            quantile(
              peer.values.toSorted((a, b) => a - b),
              0.5,
            ),
        }
      : {}),
  }
}

/** The nearest rank: a value that was measured, never one between two. */
export function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return Math.round(value * 10) / 10
}
