"""The contract: every field of the dataset, defined once.

``claim`` and ``article`` define the columns and what each row keeps, ``validation.validate`` checks a whole dataset,
``edtf`` and ``units`` read the notations, ``vocabularies`` holds the ids. It imports nothing else of the package.
"""
