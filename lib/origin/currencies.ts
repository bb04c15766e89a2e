/** What one US dollar costs, about, by ISO 4217 code: plausible figures, not quotes. */
export const PER_DOLLAR = {
  AUD: 1.53,
  BRL: 5.42,
  CAD: 1.37,
  CHF: 0.88,
  CLP: 942,
  CNY: 7.18,
  COP: 4_020,
  CZK: 23.2,
  DKK: 6.88,
  EGP: 48.6,
  EUR: 0.92,
  GBP: 0.78,
  HKD: 7.81,
  HUF: 362,
  IDR: 15_850,
  ILS: 3.68,
  INR: 83.9,
  JPY: 151,
  KRW: 1_378,
  MXN: 18.4,
  MYR: 4.46,
  NOK: 10.7,
  NZD: 1.66,
  PHP: 57.2,
  PLN: 3.96,
  SEK: 10.5,
  SGD: 1.34,
  THB: 34.9,
  USD: 1,
  ZAR: 18.1,
} as const

export type Currency = keyof typeof PER_DOLLAR

/** The currencies that the provider quotes. */
export const CURRENCIES = Object.keys(PER_DOLLAR) as Currency[]

export function isCurrency(code: string | null): code is Currency {
  return code !== null && Object.hasOwn(PER_DOLLAR, code)
}
