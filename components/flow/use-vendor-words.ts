import { useTranslations } from "next-intl";

/**
 * Words of a screen, in a vendor's own version where it has one: `vendors.<connector>.<namespace>.<key>` goes before
 * `<namespace>.<key>`. Vendors differ in what a consent is and who may give it; the screens do not know them.
 */
export function useVendorWords(connectorId: string, namespace: string) {
  const t = useTranslations();
  const find = (key: string): string => {
    const own = `vendors.${connectorId}.${namespace}.${key}`;
    return t.has(own) ? own : `${namespace}.${key}`;
  };
  const words = (key: string, values?: Parameters<typeof t>[1]) => t(find(key), values);
  words.rich = (key: string, values: Parameters<typeof t.rich>[1]) => t.rich(find(key), values);
  return words;
}
