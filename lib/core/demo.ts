/** The plainly fictional partner of the demo; a real installation refuses to start with it. */
export const DEMO_PARTNER_SLUG = "esimerkki-software";

/** What `npm start` generates begins with this where its form allows it, so that a real installation refuses it. */
export const DEMO_SECRET_MARK = "demo-";
/** The name of the key-encryption key that `npm start` generates. */
export const DEMO_KEY_ID = "demo";
/** In the query of the mail catcher's address; the mailer does not read it. */
export const MAIL_CATCHER_MARK = "kytkinMailCatcher";

/** The demo partner's application key at PowerOffice Go's stand-in: plainly made up, and of the shape of a real one. */
export const DEMO_APPLICATION_KEY = "12345678-90ab-4cde-8f01-234567890abc";
