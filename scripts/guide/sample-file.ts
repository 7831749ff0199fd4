/**
 * Twelve sales invoices with the columns that the import page asks for. Two it refuses itself: a date in another form, and no
 * address to send to. One has a VAT rate that only the vendor can know to be unknown.
 */
export function makeSampleFile(today: string): string {
  const header =
    "invoiceNumber;date;customerName;email;lines.product;lines.quantity;lines.unitPrice;lines.vatPercent";
  const rows = PRODUCTS.flatMap(([product, price, vat], index) =>
    CUSTOMERS.map((customer, place) => {
      const number = 2001 + index * CUSTOMERS.length + place;
      const date = number === 2004 ? today.split("-").reverse().join(".") : today;
      const email = number === 2009 ? "" : `laskut@${place + 1}.example.com`;
      return [number, date, customer, email, product, place + 1, price, number === 2011 ? "13" : vat].join(
        ";",
      );
    }),
  );
  return `${[header, ...rows].join("\r\n")}\r\n`;
}

const CUSTOMERS = ["Esimerkkiasiakas Oy", "Mallikunta", "Kuvitteellinen Ky", "Olematon Osk"];
const PRODUCTS = [
  ["Coffee beans, 1 kg", "18.50", "13.5"],
  ["Moka pot", "39.00", "25.5"],
  ["Grinder", "64.90", "25.5"],
] as const;
