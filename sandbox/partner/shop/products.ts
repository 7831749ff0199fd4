import type { Order, ProductChange, ShopState } from "./order";

export type Product = {
  code: string;
  name: string;
  words: string;
  /** Without VAT, as decimal text. */
  price: string;
  vatPercent: string;
};

/** What the shop sells at first, at two VAT rates: food and things. */
const PRODUCTS: readonly Product[] = [
  { code: "BEANS", name: "Coffee beans, 1 kg", words: "Light roast", price: "18.50", vatPercent: "13.5" },
  { code: "MOKA", name: "Moka pot", words: "For six cups", price: "39.00", vatPercent: "25.5" },
  { code: "GRINDER", name: "Hand grinder", words: "With a steel burr", price: "64.90", vatPercent: "25.5" },
];

/** As they are sold now. */
export const listProducts = ({ changes }: Pick<ShopState, "changes">): Product[] =>
  PRODUCTS.map((product) => ({ ...product, ...changes[product.code] }));

export const findProduct = (state: Pick<ShopState, "changes">, code: string | null): Product | null =>
  listProducts(state).find((product) => product.code === code) ?? null;

/** The product of an order, as it was sold then. */
export function productOf(state: Pick<ShopState, "changes">, order: Order): Product | null {
  const product = findProduct(state, order.product);
  const { productName, unitPrice } = order;
  return product && { ...product, name: productName ?? product.name, price: unitPrice ?? product.price };
}

const PRICE = /^\d{1,6}(?:[.,]\d{1,2})?$/;
const LONGEST_NAME = 100;

/** What a person entered, or null when a name or a price is missing. */
export function readChange(name: string, price: string): ProductChange | null {
  const said = { name: name.trim(), price: price.trim() };
  if (said.name === "" || said.name.length > LONGEST_NAME || !PRICE.test(said.price)) return null;
  return { name: said.name, price: Number(said.price.replace(",", ".")).toFixed(2) };
}

/** In cents: each line is rounded once, its VAT apart. */
export function sumUp(
  { price }: Pick<Product, "price">,
  quantity: number,
  vatPercent: string,
): { net: number; gross: number } {
  const net = Math.round(Number(price) * 100 * quantity);
  return { net, gross: net + Math.round((net * Number(vatPercent)) / 100) };
}

export const inMoney = (cents: number, currency: string): string => `${(cents / 100).toFixed(2)} ${currency}`;
