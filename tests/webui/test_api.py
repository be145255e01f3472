"""The interface for scripts, asked as a script would ask it, and held to its own promise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.conftest import Golden
from tests.contract.made_up import made_up_documents
from tests.webui.conftest import MadeUpCollection
from webui.api.openapi import document

FIRST = made_up_documents()[0]
PROMISE = document()


def conforms(answer: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": PROMISE["components"]}
    Draft202012Validator(schema).validate(answer)


def ask(client: FlaskClient, address: str, schema: str = "SearchAnswer") -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    conforms(response.json, schema)
    return response.json


def refused(client: FlaskClient, address: str, status: int, code: str) -> Any:
    response = client.get(address)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    conforms(response.json, "Problem")
    assert response.json is not None
    assert response.json["status"] == status
    assert response.json["code"] == code
    return response.json


def test_a_search_gives_hits_counts_and_links(client: FlaskClient) -> None:
    answer = ask(client, "/api/v1/search?q=drone&facet=person,org,date:month&facet=place")
    assert answer["total"] == len(answer["items"]) > 0
    assert answer["query"]["text"] == "drone"
    assert answer["index"]["articles"] == 9
    assert set(answer["facets"]) == {"person", "org", "place", "date"}
    assert {bar["from"][:7] for bar in answer["facets"]["date"] if bar["count"]}
    best = answer["items"][0]
    spans = [
        highlight["text"][start:end].lower()
        for highlight in best["highlights"]
        for start, end in highlight["spans"]
    ]
    assert spans
    assert all(word.startswith("drone") for word in spans)
    assert answer["links"]["csv"] == "/api/v1/export.csv?q=drone"
    assert answer["links"]["page"] == "/search?q=drone"


def test_filters_narrow_any_all_and_not(client: FlaskClient) -> None:
    total = ask(client, "/api/v1/search")["total"]
    both = ask(client, "/api/v1/search?person=per-oduya&person=per-brandt-k")
    every = ask(client, "/api/v1/search?person_all=per-oduya&person_all=per-brandt-k")
    without = ask(client, "/api/v1/search?person_not=per-oduya")
    assert total > both["total"] >= every["total"] > 0
    for item in every["items"]:
        ids = {person["id"] for person in item["persons"]}
        assert ids >= {"per-oduya", "per-brandt-k"}
    for item in without["items"]:
        assert "per-oduya" not in {person["id"] for person in item["persons"]}


def test_a_facet_url_toggles_its_value(client: FlaskClient) -> None:
    plain = ask(client, "/api/v1/search?facet=place")
    value = plain["facets"]["place"][0]
    assert value["selected"] is None
    chosen = ask(client, value["url"])
    assert chosen["total"] == value["count"]
    again = next(one for one in chosen["facets"]["place"] if one["id"] == value["id"])
    assert again["selected"] == "any"
    assert ask(client, again["url"])["total"] == plain["total"]


def test_following_next_visits_every_article_once(client: FlaskClient) -> None:
    seen: list[str] = []
    address: str | None = "/api/v1/search?limit=2"
    while address:
        answer = ask(client, address)
        seen += [item["id"] for item in answer["items"]]
        address = answer["links"]["next"]
    assert sorted(seen) == sorted(document.article_id for document in made_up_documents())


def test_sparse_answers(client: FlaskClient) -> None:
    answer = ask(client, "/api/v1/search?fields=id,title&fields=score&highlight=false")
    assert all(set(item) == {"id", "title", "score"} for item in answer["items"])


def test_dates_narrow_and_an_end_may_be_open(client: FlaskClient) -> None:
    march = ask(client, "/api/v1/search?date_from=2022-03&date_to=2022-03")
    assert march["total"]
    for item in march["items"]:
        assert (
            item["published"]["date"].startswith("2022-03") or len(item["published"]["date"]) == 4
        )
    undated = ask(client, "/api/v1/search?undated=only")
    assert all(item["published"] is None for item in undated["items"])


def test_an_article_tells_its_provenance(client: FlaskClient) -> None:
    answer = ask(client, f"/api/v1/articles/{FIRST.article_id}", "Article")
    assert answer["text"] == FIRST.text
    for mention in answer["mentions"]:
        assert FIRST.text[mention["start"] : mention["end"]]
    assert answer["provenance"]["removed"] == [
        {"rule": "newsletter", "text": "Sign up for our newsletter"}
    ]
    assert answer["provenance"]["sightings"][0]["locator"].endswith(".html")
    assert FIRST.article_id in answer["family"]["articles"]
    assert len(answer["family"]["articles"]) == 2


def test_an_original_comes_as_a_download_and_nothing_else(client: FlaskClient) -> None:
    response = client.get(f"/api/v1/articles/{FIRST.article_id}/original")
    assert b"<script>alert(1)</script>" in response.data
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_facet_can_be_paged_and_searched(client: FlaskClient) -> None:
    seen: list[str] = []
    address: str | None = "/api/v1/facets/place?facet_size=1"
    while address:
        page = ask(client, address, "FacetPage")
        seen += [value["id"] for value in page["values"]]
        address = page["links"]["next"]
    assert seen == ["pla-meran", "pla-sel"]
    found = ask(client, "/api/v1/facets/person?facet_q=len", "FacetPage")
    assert [value["label"] for value in found["values"]] == ["Lena Brandt"]
    assert ask(client, found["values"][0]["url"])["total"] == found["values"][0]["count"]


def test_an_entity_and_suggestions(client: FlaskClient) -> None:
    assert ask(client, "/api/v1/entities/per-oduya", "Entity")["label"] == "Amara Oduya"
    found = ask(client, "/api/v1/suggest?q=brand", "Suggestions")["suggestions"]
    assert {one["text"] for one in found} >= {"Karl Brandt", "Lena Brandt"}
    people = ask(client, "/api/v1/suggest?q=br&kind=org", "Suggestions")["suggestions"]
    assert all(one["kind"] == "org" for one in people)


def test_the_index_describes_itself(client: FlaskClient) -> None:
    answer = ask(client, "/api/v1/index", "Index")
    assert answer["articles"] == 9


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/timeline", "/api/v1/export.csv"])
def test_a_query_beyond_the_limit_of_the_language_says_so(client: FlaskClient, path: str) -> None:
    problem = client.get(path, query_string={"q": "x" * 2001})
    assert (problem.status_code, problem.json["code"]) == (400, "query_too_complex")  # type: ignore[index] # JSON
    assert client.get(path, query_string={"q": "x" * 2000}).status_code == 200


@pytest.mark.parametrize(
    ("address", "param", "meant"),
    [
        ("/api/v1/search?persn=x", "persn", "person"),
        ("/api/v1/search?sort=newst", "sort", "newest"),
        ("/api/v1/search?limit=101", "limit", None),
        ("/api/v1/search?limit=ten", "limit", None),
        ("/api/v1/search?limit=5&limit=6", "limit", None),
        ("/api/v1/search?facet=date:month,date:year", "facet", None),
        ("/api/v1/search?date_from=2022-02-30", "date_from", None),
        ("/api/v1/search?date_from=yesterday", "date_from", None),
        ("/api/v1/search?date_from=2023&date_to=2022", "date_to", None),
        ("/api/v1/search?highlight=maybe", "highlight", None),
        ("/api/v1/search?q=%00", "q", None),
        ("/api/v1/search?cursor=nonsense", "cursor", None),
        ("/api/v1/search?q=caf%E9", "q", None),
        ("/api/v1/search?q=a&person=%ED%A0%80", "person", None),
        ("/api/v1/facets/colour", "field", None),
        ("/api/v1/articles/NOT-AN-ID", "article_id", None),
    ],
)
def test_a_bad_parameter_is_named(
    client: FlaskClient, address: str, param: str, meant: str | None
) -> None:
    problem = refused(client, address, 400, "invalid_parameter")
    assert problem["param"] == param
    assert problem.get("did_you_mean") == meant


def test_a_syntax_error_has_its_position(client: FlaskClient) -> None:
    problem = refused(client, "/api/v1/search?q=drone (strike", 400, "query_syntax")
    assert 0 <= problem["position"] <= len("drone (strike")


def test_an_empty_value_is_the_same_as_none(client: FlaskClient) -> None:
    answer = ask(client, "/api/v1/search?q=&person=&date_from=&limit=")
    assert answer["total"] == 9


def test_what_is_not_there(client: FlaskClient) -> None:
    refused(client, "/api/v1/articles/aaaaaaaaaaaaaaaa", 404, "article_not_found")
    refused(client, "/api/v1/articles/aaaaaaaaaaaaaaaa/original", 404, "article_not_found")
    refused(client, "/api/v1/entities/nobody", 404, "entity_not_found")
    refused(client, "/api/v1/entities/%09", 404, "entity_not_found")
    refused(client, "/api/v1/articles/%20", 400, "invalid_parameter")
    refused(client, "/api/v1/articles/%20/original", 400, "invalid_parameter")
    refused(client, "/api/v1/facets/%20", 400, "invalid_parameter")
    refused(client, "/api/v1/search?generation=gone", 410, "generation_gone")
    refused(client, "/api/v1/nothing-here", 404, "not_found")
    refused_method = client.post("/api/v1/search")
    assert refused_method.status_code == 405
    assert "GET" in refused_method.headers["Allow"]
    assert "Allow" in refused_method.json["detail"]  # type: ignore[index] # JSON


def test_a_cursor_ends_with_its_generation(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    following = ask(client, "/api/v1/search?limit=2")["links"]["next"]
    assert client.get(following).status_code == 200
    collection.generations = {
        "20250101T000000Z-11111111": next(iter(collection.generations.values()))
    }
    refused(client, following, 410, "generation_gone")
    gone = client.get(following)
    begun_again = gone.json["now"]  # type: ignore[index] # JSON
    assert gone.headers["Link"] == f'<{begun_again}>; rel="latest-version"'
    assert "cursor" not in begun_again
    assert len(ask(client, begun_again)["items"]) == 2
    of_it_alone = client.get("/api/v1/changes?since=gone")
    assert of_it_alone.status_code == 410
    assert "now" not in (of_it_alone.json or {})
    assert "Link" not in of_it_alone.headers


@pytest.mark.parametrize("written", ["%F4%8E%A3%AAx", "a%3Fb%25", "%D0%BC%D0%B8%D1%80", "plain-1"])
def test_an_address_that_is_told_is_one_that_can_be_asked(
    client: FlaskClient, written: str
) -> None:
    path = f"/api/v1/entities/{written}"
    gone = client.get(f"{path}?generation=gone")
    assert gone.status_code == 410
    assert (gone.json or {})["now"] == path
    assert gone.headers["Link"] == f'<{path}>; rel="latest-version"'


def test_the_promise_is_openapi_3_1_and_names_every_route(client: FlaskClient) -> None:
    served = client.get("/api/openapi.json").json
    assert served == PROMISE
    assert served["openapi"].startswith("3.1")
    for name, schema in PROMISE["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert name[0].isupper()
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
    }
    assert routes == set(PROMISE["paths"])


def test_an_answer_that_is_known_costs_nothing(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=drone")
    again = client.get("/api/v1/search?q=drone", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/api/v1/search?q=bridge", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/search",
        f"/api/v1/articles/{FIRST.article_id}",
        f"/api/v1/articles/{FIRST.article_id}/original",
        f"/api/v1/articles/{FIRST.article_id}/versions/1",
        f"/articles/{FIRST.article_id}/versions/1",
        "/api/v1/index",
        "/api/v1/coverage",
        "/coverage",
        "/api/openapi.json",
        "/api/docs",
    ],
)
def test_every_answer_can_be_asked_for_only_if_it_changed(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": 'W/"x"'}).status_code == 200


def test_the_json_of_a_search_word_for_word(client: FlaskClient, golden: Golden) -> None:
    question = "/api/v1/search?q=ceasefire OR bridge&facet=person,outlet,date:year&limit=2"
    answer = {**ask(client, question), "took_ms": 0}
    golden("search_made_up.json", json.dumps(answer, ensure_ascii=False, indent=1) + "\n")


def test_an_address_that_is_too_long_is_refused(client: FlaskClient) -> None:
    path, name = "/api/v1/search", "q="
    longest = "a" * (8190 - len(path + name))
    assert client.get(f"{path}?{name}{longest}").status_code == 400
    longer = client.get(f"{path}?{name}{longest}a")
    assert longer.status_code == 414
    assert longer.json is not None
    assert longer.json["code"] == "address_too_long"


def test_several_articles_at_once(client: FlaskClient) -> None:
    first, second = (one.article_id for one in made_up_documents()[:2])
    nobody = "a" * 16
    told = ask(client, f"/api/v1/articles/by-ids?id={second},{nobody}&id={first}", "Several")
    assert [one["id"] for one in told["items"]] == [second, first]
    assert told["items"][1]["text"] == made_up_documents()[0].text
    assert told["missing"] == [nobody]
    refused(client, "/api/v1/articles/by-ids?id=", 400, "invalid_parameter")
    refused(client, "/api/v1/articles/by-ids?id=no-id", 400, "invalid_parameter")
    many = ",".join(f"{'a' * 14}{one}{two}" for one in "abcdefgh" for two in "abcdefghijklmn")
    refused(client, f"/api/v1/articles/by-ids?id={many}", 400, "invalid_parameter")


def test_the_description_names_every_refusal_and_its_headers(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").json
    assert described is not None
    known = described["components"]["headers"]
    every = [(path, *one) for path, two in described["paths"].items() for one in two.items()]
    for path, method, operation in every:
        answers = operation["responses"]
        assert {"400", "403", "405", "414", "421", "429", "500", "503"} <= set(answers), path
        assert "201" not in answers or method == "post"
        assert "Retry-After" in answers["429"]["headers"]
        assert "Allow" in answers["405"]["headers"]
        for status, answer in answers.items():
            assert set(answer["headers"]) <= set(known)
            assert ("RateLimit-Limit" in answer["headers"]) is (status not in {"414", "421"})
            if status not in {"200", "201", "304"}:
                assert "application/problem+json" in answer["content"]
    (url,) = (
        one
        for one in described["paths"]["/api/v1/articles"]["get"]["parameters"]
        if one["name"] == "url"
    )
    assert url["schema"]["minLength"] == 1
