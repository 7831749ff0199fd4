/** Words of Procountor API 26.04; lengths and which fields a channel needs are of its `Invoice` schema. */
export const CHANNELS = ["EMAIL", "MAIL", "ELECTRONIC_INVOICE", "NO_SENDING"] as const;
export const LANGUAGES = ["DANISH", "ENGLISH", "ESTONIAN", "FINNISH", "NORWEGIAN", "SWEDISH"] as const;
/** The commonest of the vendor's 111 units; another one is refused here, since a typing error would be refused there. */
export const UNITS = [
  ...[
    "PIECE",
    "HOUR",
    "DAY",
    "WEEK",
    "MONTH",
    "YEAR",
    "MINUTE",
    "KILOMETER",
    "METER",
    "SQUARE_METER",
    "CUBIC_METER",
  ],
  ...[
    "KILOGRAM",
    "GRAM",
    "TON",
    "LITER",
    "BOX",
    "PARCEL",
    "PALLET",
    "BOTTLE",
    "BAG",
    "ROLL",
    "SET",
    "PAIR",
    "LOT",
  ],
  ...["KILOWATT_HOUR", "PERSON", "NO_UNIT"],
] as [string, ...string[]];
