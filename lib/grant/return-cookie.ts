export const RETURN_COOKIE = "kytkin_vendor_return";
/** Long enough to sign in on the way. */
export const RETURN_COOKIE_SECONDS = 30 * 60;
