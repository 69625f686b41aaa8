"""What a person needs, from what they say: learnt from phrases, calibrated, explained; it may abstain.

features   text → weighted hashes of words, stems, letters and consonants
model      the probabilities of needs of a text, and the phrases nearest to it
learning   phrases → a model, calibrated on questions held back
store      models on disk, versions side by side, and the one in force
phrases    the phrases and held-back questions that are shipped
"""
