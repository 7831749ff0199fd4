export type Product = {
  code: string;
  name: string;
  words: string;
  /** Without VAT, as decimal text. */
  price: string;
  vatPercent: string;
};

/** What the shop sells, at two VAT rates: food and things. */
export const PRODUCTS: readonly Product[] = [
  { code: "BEANS", name: "Coffee beans, 1 kg", words: "Light roast", price: "18.50", vatPercent: "13.5" },
  { code: "MOKA", name: "Moka pot", words: "For six cups", price: "39.00", vatPercent: "25.5" },
  { code: "GRINDER", name: "Hand grinder", words: "With a steel burr", price: "64.90", vatPercent: "25.5" },
];

export const findProduct = (code: string | null): Product | null =>
  PRODUCTS.find((product) => product.code === code) ?? null;

/** In cents: each line is rounded once, its VAT apart. */
export function sumUp({ price, vatPercent }: Product, quantity: number): { net: number; gross: number } {
  const net = Math.round(Number(price) * 100 * quantity);
  return { net, gross: net + Math.round((net * Number(vatPercent)) / 100) };
}

export const inEuros = (cents: number): string => `${(cents / 100).toFixed(2)} €`;
