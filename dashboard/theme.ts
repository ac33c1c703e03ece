/** Light or dark: as the machine is set, until somebody chooses. */
import { ref } from "vue";

export type Theme = "light" | "dark";
const kept = "hub.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

const today = (): Theme => {
	const stored = localStorage.getItem(kept);
	if (stored === "light" || stored === "dark") return stored;
	return dark.matches ? "dark" : "light";
};

export const theme = ref<Theme>(today());
mark();
dark.addEventListener("change", () => {
	theme.value = today();
	mark();
});

export function switchTheme(): void {
	theme.value = theme.value === "dark" ? "light" : "dark";
	localStorage.setItem(kept, theme.value);
	mark();
}

function mark(): void {
	document.documentElement.dataset.theme = theme.value;
}
