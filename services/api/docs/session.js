/** Who the page's requests are made as. The token is kept in the page's memory alone: closing it forgets it. */
import { element, languageNow, say } from "./words.js";

let token = "";

export const authorization = () => (token ? { authorization: `Bearer ${token}` } : {});

/** Draws the state and, when asked, the form to sign in. */
export function showSession(place, base) {
	const redraw = () => showSession(place, base);
	if (token) {
		const leave = () => {
			token = "";
			redraw();
		};
		const button = element("button", { type: "button", onclick: leave }, say("signOut"));
		place.replaceChildren(element("span", { className: "signed-in" }, say("signedIn")), button);
		return;
	}
	place.replaceChildren(form(base, redraw));
}

function form(base, done) {
	const username = element("input", { placeholder: say("username"), autocomplete: "username" });
	const password = element("input", {
		type: "password",
		placeholder: say("password"),
		autocomplete: "current-password",
	});
	const pasted = element("input", { placeholder: say("orToken"), autocomplete: "off" });
	const problem = element("span", { className: "problem", role: "alert" });
	for (const input of [username, password, pasted]) input.setAttribute("aria-label", input.placeholder);

	async function submit(event) {
		event.preventDefault();
		if (pasted.value.trim()) token = pasted.value.trim();
		else {
			const answer = await fetch(`${base}/auth/login`, {
				method: "POST",
				headers: { "content-type": "application/json", "accept-language": languageNow() },
				body: JSON.stringify({ username: username.value, password: password.value }),
			});
			const body = await answer.json();
			if (!answer.ok) {
				problem.textContent = body.title;
				return;
			}
			token = body.token;
		}
		done();
	}
	const button = element("button", {}, say("signIn"));
	return element("form", { onsubmit: submit }, problem, username, password, pasted, button);
}
