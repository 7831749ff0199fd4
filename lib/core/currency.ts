/** Minor units → major units, by the currency's own number of decimals (2 for EUR, 0 for ISK). */
export function toMajorUnits(amountMinor: number, currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return amountMinor / 10 ** (maximumFractionDigits ?? 2);
}
