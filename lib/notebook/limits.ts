/** Bounds of notebooks, apart from the schemas: pages know them without the library that checks bodies. */

/** Items that one notebook may hold. */
export const ITEMS = 2_000
/** Items that one request may bring. */
export const PUT_ITEMS = 200
/** Days after which an unused notebook is dropped. It is also the longest that browsers keep a cookie. */
export const UNUSED_DAYS = 400
/** The last moment that a date can be, in epoch milliseconds (ECMA-262, 21.4.1.1). */
export const LATEST = 8_640_000_000_000_000
