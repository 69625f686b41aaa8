"""The words of search in the admin: what people say by need, what they asked in vain, synonyms, and the order.

policy      who may: the staff of a territory and administrators
viewsets    lists and forms of the tables
needs       the screen of a need: its phrases, new ones, and what they would change
incoming    phrases pasted or in a CSV file, checked
changes     how new phrases are understood today, and what learning them would do
asked       the screen of questions that were not understood
"""
