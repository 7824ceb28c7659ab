"""Who may be the same person as somebody, found by indexes."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pipeline', '0008_candidate_merged_into'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(django.db.models.functions.text.Trim(models.Func(django.db.models.functions.text.Lower(models.Func(models.F('name'), models.Value('ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆČçćčĎĐďđÈÉÊËĒĘĚèéêëēęěĞğÌÍÎÏĪİìíîïīıŁłÑŃŇñńňÒÓÔÕÖØŌòóôõöøōŘřŚŠŞśšşŤŢťţÙÚÛÜŪŮùúûüūůÝýÿŹŻŽźżž'), models.Value('AAAAAAAAAaaaaaaaaaCCCcccDDddEEEEEEEeeeeeeeGgIIIIIIiiiiiiLlNNNnnnOOOOOOOoooooooRrSSSsssTTttUUUUUUuuuuuuYyyZZZzzz'), function='translate')), models.Value("[\\s.,;_''’-]+"), models.Value(' '), models.Value('g'), function='regexp_replace')), name='candidate_like_name'),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('email')), models.Value('\\+[^@]*@'), models.Value('@'), models.Value('g'), function='regexp_replace'), models.Value('@googlemail.'), models.Value('@gmail.')), models.Value('.'), models.Value('')), name='candidate_like_mailbox'),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(models.Func(models.Func(django.db.models.functions.text.Lower(models.F('profile_url')), models.Value('^https?://(www\\.)?'), models.Value(''), models.Value('g'), function='regexp_replace'), models.Value('/*([?#].*)?$'), models.Value(''), models.Value('g'), function='regexp_replace'), name='candidate_like_profile'),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(fields=['phone'], name='candidate_like_phone'),
        ),
    ]
