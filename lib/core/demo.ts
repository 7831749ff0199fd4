/** The plainly fictional partner of the demo; a real installation refuses to start with it. */
export const DEMO_PARTNER_SLUG = "esimerkki-software";
