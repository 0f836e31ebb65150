const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const nano = 1_000_000_000n

/** A quantity in billionths, as exact as Kubernetes keeps it; undefined for what is none. */
function toNano(text: string): { amount: bigint; isBinary: boolean } | undefined {
  const [, sign, whole = '', fraction = '', unit = ''] =
    /^([+-]?)(\d*)\.?(\d*)([a-zA-Z].*)?$/.exec(text) ?? []
  if (whole + fraction === '') return undefined
  const exponent = /^[eE]([+-]?\d+)$/.exec(unit)?.[1]
  const binary = binarySuffixes.indexOf(unit)
  const decimal = suffixes.indexOf(unit)
  if (exponent === undefined && binary < 0 && decimal < 0) return undefined
  const scale = exponent === undefined ? (binary > 0 ? 0 : (decimal - 3) * 3) : Number(exponent)
  // Billionths and the unit's power of ten together may call for fewer digits than the fraction has.
  const power = 9 + scale - fraction.length
  const digits = BigInt(whole + fraction) * (binary > 0 ? 1024n ** BigInt(binary) : 1n)
  const amount = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power)
  return { amount: sign === '-' ? -amount : amount, isBinary: binary > 0 }
}

/** A quantity as a number, for comparison. */
export function quantity(text: string | number): number {
  return Number(toNano(String(text))?.amount ?? 0n) / Number(nano)
}

/** The form in which the API server stores a quantity: `1000m` becomes `1`, `1024Mi` becomes `1Gi`, `0.5` becomes `500m`. */
export function canonicalQuantity(text: string | number): string {
  const parsed = toNano(String(text))
  if (!parsed) return String(text)
  const { amount, isBinary } = parsed
  if (amount === 0n) return '0'
  if (isBinary && amount % nano === 0n && (amount >= 1024n * nano || amount <= -1024n * nano)) {
    let [number, power] = [amount / nano, 0]
    while (number % 1024n === 0n && power < binarySuffixes.length - 1)
      [number, power] = [number / 1024n, power + 1]
    return `${number}${binarySuffixes[power]}`
  }
  let [number, power] = [amount, 0]
  while (number % 1000n === 0n && power < suffixes.length - 1) [number, power] = [number / 1000n, power + 1]
  return `${number}${suffixes[power]}`
}
