"""What is posted to an endpoint, where, and how its answer is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from claimcompare.llm.completion import Completion, read_completion
from claimcompare.llm.dialect import Body
from claimcompare.schema import Prompt


class Api(NamedTuple):
    """One of the ways to ask an endpoint.

    `read` makes an answer of a response, without the secrets that its second argument hides, and
    raises LLMError. `writes` tells whether the model writes its answer, which costs more than
    reading. `provider` is who it is in the list of prices, where it is not who the address says.
    """

    path: str
    operation: str
    read: Callable[[bytes, Callable[[str], str]], Completion]
    writes: bool = False
    provider: str | None = None


CHAT = Api("/chat/completions", "chat", read_completion, writes=True)


class Request(NamedTuple):
    """A JSON body for one of the ways to ask, and the prompt that it comes from.

    Fields that are `left_out` are not sent; they still tell requests apart.
    """

    prompt: Prompt
    body: Body
    api: Api = CHAT
    left_out: frozenset[str] = frozenset()

    @property
    def sent(self) -> Body:
        """The body as it is sent."""
        # No stream, whatever a server's default is: not in the body, which recordings go by.
        whole = self.body | {"stream": False} if self.api.writes else self.body
        return {name: value for name, value in whole.items() if name not in self.left_out}


def forms_of(prompt: Prompt, bodies: Iterable[Body]) -> Iterator[Request]:
    """The requests by which one of these bodies may have been sent."""
    for body in bodies:
        yield Request(prompt, body)
        if "seed" in body:
            yield Request(prompt, body, left_out=frozenset({"seed"}))


class Message(NamedTuple):
    """A text of a request, and who says it."""

    role: str
    text: str


def messages_of(body: Body) -> list[Message]:
    """The texts of a request: those of a chat, or what is to be decided and the questions."""
    if "questions" not in body:
        return [Message(one["role"], one["content"]) for one in body["messages"]]
    shared = body.get("input", body.get("state"))
    asked = json.dumps(body["questions"], ensure_ascii=False)
    return [Message("user", str(shared)), Message("user", asked)]
