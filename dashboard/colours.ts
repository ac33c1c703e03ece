/** One meaning each. Source: what operators of such systems are used to (red is risk, purple is being verified). */
export type Colour = "red" | "orange" | "blue" | "green" | "grey" | "purple";

export const icons: Readonly<Record<Colour, string>> = {
	red: "alert-circle", // refund, timeout, failure, risk
	orange: "account-clock", // waits for a person, short of stock
	blue: "progress-clock", // in progress
	green: "check-circle", // done
	grey: "minus-circle", // cancelled, closed
	purple: "magnify", // nobody knows yet: being verified
};
