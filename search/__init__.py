"""Search: how is a question answered? Query text to tree, tree to matches, matches to a result.

service      the order of the steps, once; `published` and `serving` say from which generation
request, result, query, engine     the values between the steps, and what an engine must do
parser       text → tree, by `lexer`, `fields` and `words`; `render` is the way back
resolve      words and names → index terms and ids; `filters` the same for facets
engines      tree → matches
highlighter, snippets     matches → spans in texts, passages
facets, cursor, paging    counts with labels; the next page; every page
spelling, nearest, suggest, explain, similar     what helps a person on
concordance, timeline, together, coverage        what a researcher does with a result
output       answers for scripts, files and terminals; `output.formats` has one file a format
cli          commands, with `narrowing` and `batch`
"""
