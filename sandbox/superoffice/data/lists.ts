import type { ListItem } from "../model";

const NAMES: Record<string, readonly string[]> = {
  category: ["Customer", "Prospect", "Supplier"],
  business: ["Retail", "Services", "Industry"],
  country: ["Finland", "Sweden", "Norway", "Denmark"],
  associate: ["SYSTEM", "AE"],
  SaleType: ["Standard sale", "Renewal"],
  Rating: ["First contact", "Offer sent", "Agreed"],
  Source: ["Web", "Telephone"],
};

/** A new tenant's lists, by the name that `MDOList` knows them by. */
export function makeLists(): Record<string, ListItem[]> {
  return Object.fromEntries(
    Object.entries(NAMES).map(([name, names]) => [
      name,
      names.map((text, index) => ({
        Id: index + 1,
        Name: text,
        Tooltip: "",
        Deleted: false,
        Rank: index + 1,
      })),
    ]),
  );
}
