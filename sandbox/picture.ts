import { hash } from "./random.ts";

const shapes = [
	"M14 18h20l-3 22H17z M18 18v-4h12v4", // a bag
	"M12 16h18v20a4 4 0 0 1-4 4H16a4 4 0 0 1-4-4z M30 20h6v10h-6", // a cup
	"M10 18l14-7 14 7v14l-14 7-14-7z M10 18l14 7 14-7 M24 25v14", // a box
	"M16 12l-8 6 4 6 4-2v18h16V22l4 2 4-6-8-6q-8 6-16 0z", // a shirt
];

/** A product's picture: the address holds the picture itself, so that it is seen without a network. */
export function pictureOf(productId: string): string {
	const number = hash(productId);
	const hue = number % 360;
	const shape = shapes[number % shapes.length] ?? "";
	const svg =
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path fill="hsl(${hue},55%,88%)" d="M0 0h48v48H0z"/>` +
		`<path d="${shape}" fill="hsl(${hue},55%,72%)" stroke="hsl(${hue},45%,32%)" stroke-width="2"/></svg>`;
	return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
