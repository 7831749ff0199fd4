import { choiceField } from "@/lib/connectors/entity-field";

/** The commonest of the vendor's `UnitOfMeasureType`; another one is refused here, since a typing error would be refused there. */
export const UNITS = [
  ...["EA", "HUR", "DAY", "WEE", "MON", "ANN", "MTR", "KMT", "MTK", "MTQ", "CMT", "MMT"],
  ...["KGM", "GRM", "TNE", "LTR", "MLT", "BX", "PR", "SET", "KWH", "XPK", "XBG", "XRO", "NL"],
] as [string, ...string[]];

export const unitField = () => choiceField(UNITS);
