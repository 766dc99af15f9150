/** The slider is logarithmic: every step to the right is the same factor. */
export const sliderSteps = 1000;
const highestRate = 50_000;

export function rateAt(step: number): number {
  const rate = highestRate ** (step / sliderSteps);
  // Numbers people would say: two digits and then zeros.
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(rate)) - 1);
  return Math.min(highestRate, Math.max(1, Math.round(rate / unit) * unit));
}

export function stepOf(rate: number): number {
  const bounded = Math.min(highestRate, Math.max(1, rate));
  return Math.round((Math.log(bounded) / Math.log(highestRate)) * sliderSteps);
}
